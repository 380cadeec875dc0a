-- _check_rules: each stock row carries the rules of its item, drop and policies.
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
         apartado._carried(s)::text, r::text, format('select apartado._carry_rules(array[%s])', s.item_id)
    from apartado.stock s
   cross join lateral apartado._rules(s.item_id, s.location_id) r
   where apartado._carried(s)::text is distinct from r::text;
$$;

comment on function apartado._check_rules() is 'Each stock row carries the rules of its item, drop and policies.';
