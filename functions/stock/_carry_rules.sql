-- _carry_rules: brings the rules of items to their stock rows.
--
-- Locks   the items' stock rows, by id, and bumps those that differ: a command that waited for one sees the new rules
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
         active_limit = r.active_limit, queue_limit = r.queue_limit, restock = r.restock,
         version = s.version + 1
    from unnest(p_items) i (item_id)
   cross join lateral apartado._rules(i.item_id) r
   where s.item_id = i.item_id
     and (s.open, s.price, s.currency, s.hold, s.active_limit, s.queue_limit, s.restock) is distinct from
         (r.open, r.price, r.currency, r.hold, r.active_limit, r.queue_limit, r.restock);
end;
$$;

comment on function apartado._carry_rules(bigint[]) is 'Brings the rules of items to their stock rows.';
