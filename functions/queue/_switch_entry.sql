-- _switch_entry: suspends a member's entry or lets it go on, and serves whoever is next then.
--
-- Gives   the stock row as it then is, the entry with its status (promoted: the member holds what it brought) and its
--         position, and the time
-- Raises  RS101 no such item, or hidden · RS104 not kept at that location · RS107 the member does not wait there
-- Locks   stock row
-- Tells   queue.suspended or queue.resumed, then what _settle tells
-- Notes   switches before it settles, so that whoever suspends is not promoted on the way out. Only a missed offer is closed
--         before, because by policy it may have suspended or closed the entry already. Who resumes after a missed offer was
--         not in line since: the row is settled first, and what was missed goes to those who waited meanwhile.
--         The aggregate completes the CTE before stock is updated (see _change_reservation).
create or replace function apartado._switch_entry(
  p_member_id bigint,
  p_item      bigint,
  p_location  text,
  p_from      text,
  p_to        text,
  out stock   apartado.stock,
  out queue_entry_id bigint,
  out status  text,
  out "position" bigint,
  out now     timestamptz
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_stock apartado.stock;
  v_own   record;
begin
  stock := apartado._lock_stock(p_item, p_location);
  perform apartado._check_visible(p_item, p_member_id);
  now := apartado.clock();
  if exists (
    select
      from apartado.queue_entries q
     where q.stock_id = stock.stock_id
       and q.member_id = p_member_id
       and q.status in ('waiting', 'offered', 'suspended')
       and q.offered_until <= now
  ) then
    if p_to = 'suspended' then
      perform apartado._lock_wishes(array[stock.stock_id]);
      stock := (select d.stock from apartado._close_due(array[stock.stock_id], now) d);
    else
      stock := (select f.stock from apartado._settle(stock, now) f);
      now := apartado._after_served(stock.stock_id, now);
    end if;
  end if;

  with switched as (
    update apartado.queue_entries q
       set status = p_to, waiting_since = now, reason = null
     where q.stock_id = stock.stock_id
       and q.member_id = p_member_id
       and q.status in ('waiting', 'offered', 'suspended')
       and q.status = p_from
       and (q.needed_until is null or q.needed_until > now)
       and (q.wish_id is null or exists (select from apartado.wishes w where w.wish_id = q.wish_id and w.closed_at is null))
    returning q.queue_entry_id
  )
  update apartado.stock s
     set version = s.version + 1
    from (select max(x.queue_entry_id) as queue_entry_id from switched x) w
   where s.stock_id = stock.stock_id
     and w.queue_entry_id is not null
  returning s.* into v_stock;

  stock := (select f.stock from apartado._settle(case when v_stock.stock_id is null then stock else v_stock end, now) f);
  select * into v_own from apartado._own_claim(stock.stock_id, p_member_id);
  queue_entry_id := coalesce(v_own.queue_entry_id, (
    select r.queue_entry_id
      from apartado.reservations r
     where r.reservation_id = v_own.reservation_id));
  status := case when v_own.queue_entry_id is null then 'promoted' else v_own.status end;
  if queue_entry_id is null then
    perform apartado._refuse_no_entry(stock, p_member_id);
  elsif status in ('waiting', 'suspended') then
    "position" := apartado._position(stock.stock_id, v_own.priority, v_own.rank, now);
  end if;
end;
$$;

comment on function apartado._switch_entry(bigint, bigint, text, text, text) is 'Suspends a member''s entry or lets it go on, and serves whoever is next then.';
