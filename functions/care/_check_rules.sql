-- _check_rules: stock rows carry the rules of their items, and turns what is said of their members.
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
  with ruled as materialized (
    select a.stock_ids, r::text as rules
      from apartado._alike(array(select s.stock_id from apartado.stock s)) a
     cross join lateral apartado._rules(a.item_id, a.location_id) r
  )
  select 'stock carries the rules of its item', 'stock ' || s.stock_id,
         apartado._carried(s)::text, r.rules, format('select apartado._carry_rules(array[%s])', s.item_id)
    from ruled r
   cross join lateral unnest(r.stock_ids) k (stock_id)
    join apartado.stock s on s.stock_id = k.stock_id
   where apartado._carried(s)::text is distinct from r.rules
  union all
  select 'a turn carries the class of its member, and whether they are barred', 'member ' || m.member_id,
         concat_ws(' ', t.class_id, t.barred), concat_ws(' ', m.class_id, m.barred_at is not null),
         format('update apartado.member_turns t set class_id = m.class_id, barred = m.barred_at is not null from apartado.members m where m.member_id = t.member_id and m.member_id = %s', m.member_id)
    from apartado.member_turns t
    join apartado.members m on m.member_id = t.member_id
   where (t.class_id, t.barred) is distinct from (m.class_id, m.barred_at is not null);
$$;

comment on function apartado._check_rules() is 'Stock rows carry the rules of their items, and turns what is said of their members.';
