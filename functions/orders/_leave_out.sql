-- _leave_out: an order without some of what is in its cart or lines.
--
-- Gives   the demand without these items
-- Raises  RS205 null among them · RS105 one that is not asked for
create or replace function apartado._leave_out(p_demand jsonb, p_without bigint[])
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_other bigint;
begin
  if p_without is null then
    return p_demand;
  elsif exists (select from unnest(p_without) u (item_id) where u.item_id is null) then
    perform apartado._refuse('RS205', 'without', '{"expected": "list of items"}');
  end if;

  select u.item_id
    into v_other
    from (select unnest(p_without) except select d.item_id from jsonb_to_recordset(p_demand) as d (item_id bigint)) u (item_id)
   order by u.item_id
   limit 1;
  if v_other is not null then
    perform apartado._refuse('RS105', 'without', jsonb_build_object('item', v_other));
  end if;

  return (
    select coalesce(jsonb_agg(d.line order by d.ordinal), '[]')
      from jsonb_array_elements(p_demand) with ordinality d (line, ordinal)
     where (d.line ->> 'item_id')::bigint <> all (p_without)
  );
end;
$$;

comment on function apartado._leave_out(jsonb, bigint[]) is 'An order without some of what is in its cart or lines.';
