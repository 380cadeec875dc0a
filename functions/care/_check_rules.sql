-- _check_rules: each stock row carries the rules of its item and policy.
--
-- Gives   a row for each breach, as check_consistency
create or replace function apartado._check_rules()
  returns table (
    rule     text,
    subject  text,
    found    text,
    expected text,
    repair   text
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select 'stock carries the rules of its item', 'stock ' || s.stock_id,
         row(s.open, s.price, s.currency, s.hold, s.active_limit, s.queue_limit, s.restock)::text, r::text,
         format('select apartado._carry_rules(array[%s])', s.item_id)
    from apartado.stock s
   cross join lateral apartado._rules(s.item_id) r
   where (s.open, s.price, s.currency, s.hold, s.active_limit, s.queue_limit, s.restock) is distinct from
         (r.open, r.price, r.currency, r.hold, r.active_limit, r.queue_limit, r.restock);
$$;

comment on function apartado._check_rules() is 'Each stock row carries the rules of its item and policy.';
