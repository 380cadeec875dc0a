-- _carry_to_stock: brings the rules to stock rows that they govern.
--
-- Locks   the stock rows, by id, and bumps every one: a command that waited for it sees the new rules, those that are
--         carried and those that are looked up; then the wishes of those whose places may end, by id
-- Tells   queue.closed to those for whom too few units are left where no more may come now
-- Notes   a row is due at once where the window moved, because a drop may have opened; and marked unserved where
--         other people may be next in line now: the next command serves them, or the job. It does not do so itself,
--         because whoever changes an item is in the middle of something
create or replace function apartado._carry_to_stock(p_stock_ids bigint[])
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_other bigint[];
begin
  perform s.stock_id
     from apartado.stock s
    where s.stock_id = any (p_stock_ids)
    order by s.stock_id
      for no key update;

  with carried as (
    update apartado.stock s
       set open = r.open, price = r.price, currency = r.currency, hold = r.hold,
           active_limit = r.active_limit, queue_limit = r.queue_limit, restock = r.restock, drop_id = r.drop_id,
           opens_at = r.opens_at, closes_at = r.closes_at, item_limit = r.item_limit, drop_limit = r.drop_limit,
           offer_window = r.offer_window, missed = r.missed, fit = r.fit, passed_limit = r.passed_limit,
           low_stock = r.low_stock, paranoia = r.paranoia, expiring_soon = r.expiring_soon, draws_at = r.draws_at,
           next_due_at = case when (s.opens_at, s.closes_at) = (r.opens_at, r.closes_at) then s.next_due_at else '-infinity' end,
           unserved = s.unserved or s.queue_length > 0 and (s.available > 0 or s.reserved > 0 and exists (
             select from apartado.reservations y where y.stock_id = s.stock_id and y.status = 'active' and y.yields)),
           version = s.version + 1
      from apartado.stock k
     cross join lateral apartado._rules(k.item_id, k.location_id) r
     where k.stock_id = any (p_stock_ids)
       and s.stock_id = k.stock_id
    returning s.stock_id, (s.restock, s.fit) is distinct from (k.restock, k.fit) as is_other
  )
  select array_agg(c.stock_id) into v_other from carried c where c.is_other;
  -- a change by hand does not hold them yet, and row by row it would come to them in another order than everybody
  perform apartado._lock_wishes(v_other);

  perform apartado._close_hopeless_entries(s, apartado.clock())
     from apartado.stock s
    where s.stock_id = any (v_other)
      and s.queue_length > 0
      and not s.restock;
end;
$$;

comment on function apartado._carry_to_stock(bigint[]) is 'Brings the rules to stock rows that they govern.';
