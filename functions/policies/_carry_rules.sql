-- _carry_rules: brings the rules of items to their stock rows.
--
-- Locks   the items' stock rows, by id, and bumps every one: a command that waited for it sees the new rules, those that
--         are carried and those that are looked up
-- Notes   a row is due at once, because a drop that moved may have opened
create or replace function apartado._carry_rules(p_items bigint[])
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform s.stock_id
     from apartado.stock s
    where s.item_id = any (p_items)
    order by s.stock_id
      for no key update;

  update apartado.stock s
     set open = r.open, price = r.price, currency = r.currency, hold = r.hold,
         active_limit = r.active_limit, queue_limit = r.queue_limit, restock = r.restock, drop_id = r.drop_id,
         opens_at = r.opens_at, closes_at = r.closes_at, item_limit = r.item_limit, drop_limit = r.drop_limit,
         offer_window = r.offer_window, missed = r.missed, fit = r.fit, passed_limit = r.passed_limit,
         low_stock = r.low_stock, paranoia = r.paranoia,
         next_due_at = case when (s.opens_at, s.closes_at) = (r.opens_at, r.closes_at) then s.next_due_at else '-infinity' end,
         version = s.version + 1
    from unnest(p_items) i (item_id)
    join apartado.stock k on k.item_id = i.item_id
   cross join lateral apartado._rules(k.item_id, k.location_id) r
   where s.stock_id = k.stock_id;
end;
$$;

comment on function apartado._carry_rules(bigint[]) is 'Brings the rules of items to their stock rows.';
