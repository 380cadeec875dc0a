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
  select 'stock carries the rules of its item', 'stock ' || s.stock_id,
         apartado._carried(s)::text, r::text, format('select apartado._carry_rules(array[%s])', s.item_id)
    from apartado.stock s
   cross join lateral apartado._rules(s.item_id, s.location_id) r
   where apartado._carried(s)::text is distinct from r::text
  union all
  select 'a turn carries the class of its member, and whether they are barred', 'member ' || m.member_id,
         concat_ws(' ', t.class_id, t.barred), concat_ws(' ', m.class_id, m.barred_at is not null),
         format('update apartado.member_turns t set class_id = m.class_id, barred = m.barred_at is not null from apartado.members m where m.member_id = t.member_id and m.member_id = %s', m.member_id)
    from apartado.member_turns t
    join apartado.members m on m.member_id = t.member_id
   where (t.class_id, t.barred) is distinct from (m.class_id, m.barred_at is not null);
$$;

comment on function apartado._check_rules() is 'Stock rows carry the rules of their items, and turns what is said of their members.';
