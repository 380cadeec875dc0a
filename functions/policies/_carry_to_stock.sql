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
  v_alike record;
  v_other bigint[] := '{}';
begin
  perform s.stock_id
     from apartado.stock s
    where s.stock_id = any (p_stock_ids)
    order by s.stock_id
      for no key update;

  for v_alike in
    select a.stock_ids, r.*
      from apartado._alike(p_stock_ids) a
     cross join lateral apartado._rules(a.item_id, a.location_id) r
  loop
    with carried as (
      update apartado.stock s
         set open = v_alike.open, price = v_alike.price, currency = v_alike.currency, hold = v_alike.hold,
             active_limit = v_alike.active_limit, queue_limit = v_alike.queue_limit, restock = v_alike.restock,
             drop_id = v_alike.drop_id, opens_at = v_alike.opens_at, closes_at = v_alike.closes_at,
             item_limit = v_alike.item_limit, drop_limit = v_alike.drop_limit, offer_window = v_alike.offer_window,
             missed = v_alike.missed, fit = v_alike.fit, passed_limit = v_alike.passed_limit,
             low_stock = v_alike.low_stock, paranoia = v_alike.paranoia, expiring_soon = v_alike.expiring_soon,
             draws_at = v_alike.draws_at,
             next_due_at = case when (s.opens_at, s.closes_at) = (v_alike.opens_at, v_alike.closes_at) then s.next_due_at else '-infinity' end,
             unserved = s.unserved or s.queue_length > 0 and (s.available > 0 or s.reserved > 0 and exists (
               select from apartado.reservations y where y.stock_id = s.stock_id and y.status = 'active' and y.yields)),
             version = s.version + 1
        from apartado.stock k
       where k.stock_id = any (v_alike.stock_ids)
         and s.stock_id = k.stock_id
      returning s.stock_id, (s.restock, s.fit) is distinct from (k.restock, k.fit) as is_other
    )
    select v_other || coalesce(array_agg(c.stock_id), '{}') into v_other from carried c where c.is_other;
  end loop;
  -- all wishes at once: a change by hand does not hold them yet, and taking them row by row would break the lock order
  perform apartado._lock_wishes(v_other);

  perform apartado._close_hopeless_entries(s, apartado.clock())
     from apartado.stock s
    where s.stock_id = any (v_other)
      and s.queue_length > 0
      and not s.restock;
end;
$$;

comment on function apartado._carry_to_stock(bigint[]) is 'Brings the rules to stock rows that they govern.';
