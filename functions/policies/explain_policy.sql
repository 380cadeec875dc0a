-- explain_policy: every value that holds for an item at a location, and for a member, and who says it.
--
-- Gives   a row for each value, always in the same order: name, value (lengths of time in seconds; null: no limit),
--         source (member_class vip, drop 3, item lp-1, location main, default) and policy, the name of the policy that says it;
--         null: the item itself, which says of restock whether it came with more or fewer units than one
-- Raises  RS101 no such item · RS103 no such member · RS104 no such location, or the item is not kept there
-- Notes   the member's class is heard before the drop, the item, the location and the default; but what all in a queue
--         share (promotion, offer_window, missed, fit, passed_limit, low_stock, restock, hide_sold, paranoia) is not for it to say
create or replace function apartado.explain_policy(
  p_actor    text,
  p_item     bigint,
  p_location text default null,
  p_member   text default null
)
  returns table (
    name   text,
    value  jsonb,
    source text,
    policy text
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_location_id bigint;
  v_class_id    bigint;
begin
  perform apartado._operator(p_actor);
  select s.location_id
    into v_location_id
    from apartado.stock s
    join apartado.locations l on l.location_id = s.location_id
   where s.item_id = p_item and l.code = coalesce(p_location, 'main');
  if v_location_id is null then
    perform apartado._refuse_missing_stock(p_item, p_location, true);
  end if;

  v_class_id := (select m.class_id from apartado.members m where m.member_id = apartado._viewer_id(p_member));

  return query
  with layers as materialized (
    select l.layer, concat_ws(' ', l.scope, nullif(l.subject, 'default')) as source, (l.policy).name as policy,
           apartado._policy_values(l.policy) as said
      from apartado._policy_layers(p_item, v_location_id, v_class_id) l
  )
  select f.name, v.said -> f.name, coalesce(v.source, 'default'), case when v.source is null then 'default' else v.policy end
    from apartado._policy_fields() f
    left join lateral (
      select l.said, l.source, l.policy
        from layers l
       where l.said ? f.name
         and (f.personal or l.layer > 1)
       order by l.layer
       limit 1) v on true
   order by f.place;
end;
$$;

comment on function apartado.explain_policy(text, bigint, text, text) is 'Every value that holds for an item at a location, and for a member, and who says it. Example: select * from apartado.explain_policy(null, 1, p_member => ''ana'')';

grant execute on function apartado.explain_policy to apartado_api, apartado_operator;
