-- _place_of: the position of an open queue entry, whether or not what is past its time was closed.
--
-- Gives   1..n; null for one with an open offer
-- Notes   the entry has the status and rank that settling would leave it (_entry_as_settled); who missed an offer and comes
--         back is counted in
create or replace function apartado._place_of(p_stock apartado.stock, p_entry apartado.queue_entries, p_now timestamptz)
  returns bigint
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_entry.status = 'offered' then
    return null;
  end if;

  return apartado._position(p_stock.stock_id, p_entry.priority, p_entry.rank, p_now) + (
    select count(*)
      from apartado.queue_entries q
     cross join lateral apartado._entry_as_settled(p_stock, q, p_now) e
     where q.stock_id = p_stock.stock_id
       and q.status = 'offered'
       and q.offered_until <= p_now
       and e.status is not null
       and (q.priority, -e.rank) >= (p_entry.priority, -p_entry.rank));
end;
$$;

comment on function apartado._place_of(apartado.stock, apartado.queue_entries, timestamptz) is 'The position of an open queue entry, whether or not what is past its time was closed.';
