-- _lock_live_offer: takes the lock behind a member's queue entry and finds its offer open.
--
-- Gives   the stock row, locked and bumped, the entry, and the time
-- Raises  RS107 not there, or not yours · RS401 the offer was missed · RS312 there is none: it still waits, or is closed
-- Locks   stock row
create or replace function apartado._lock_live_offer(
  p_member_id bigint,
  p_entry     bigint,
  out stock   apartado.stock,
  out entry   apartado.queue_entries,
  out now     timestamptz
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  stock := apartado._lock_stock_of_entry(p_entry, p_member_id);
  now := apartado.clock();

  select q.*
    into entry
    from apartado.queue_entries q
   where q.queue_entry_id = p_entry;

  -- of an open entry the reason is our own word; of a removed one it is an operator's text, which may say 'missed'
  if entry.status = 'missed' or entry.closed_at is null and entry.reason = 'missed' or entry.offered_until <= now then
    -- before the sweep the row has offered_until; after it, closed_at if the miss closed the entry
    perform apartado._refuse('RS401/offer', 'entry', jsonb_strip_nulls(jsonb_build_object(
      'entry', p_entry, 'expires_at', apartado._utc(entry.offered_until), 'closed_at', apartado._utc(entry.closed_at))));
  elsif entry.status <> 'offered' then
    perform apartado._refuse('RS312/no_offer', 'entry', jsonb_build_object('entry', p_entry, 'status', entry.status, 'reason', entry.reason));
  end if;
end;
$$;

comment on function apartado._lock_live_offer(bigint, bigint) is 'Takes the lock behind a member''s queue entry and finds its offer open.';
