-- _limit_refusals: which limits a member would go over with so many more units of a stock row, held or waited for.
--
-- Gives   code with its reason, parameter and facts: p_code (RS501 reserving, RS503 waiting) too many reservations and places
--         already, or units of the item · RS504 too many units of the drop; no rows: they may have them
-- Notes   p_more comes on top of what is in the tables; 0 checks what is there.
--         Places in queues count like reservations, because promotion checks no limit.
create or replace function apartado._limit_refusals(
  p_stock     apartado.stock,
  p_member_id bigint,
  p_class_id  bigint,
  p_more      integer,
  p_code      text,
  p_now       timestamptz
)
  returns table (
    code      text,
    parameter text,
    facts     jsonb
  )
  language plpgsql
  stable
  rows 1
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_class        apartado.policies;
  v_active_limit integer := p_stock.active_limit;
  v_item_limit   integer := p_stock.item_limit;
  v_drop_limit   integer := p_stock.drop_limit;
begin
  if p_class_id is not null then
    v_class := apartado._class_policy(p_class_id);
    v_active_limit := coalesce(v_class.active_limit, v_active_limit);
    v_item_limit := coalesce(v_class.item_limit, v_item_limit);
    v_drop_limit := coalesce(v_class.drop_limit, v_drop_limit);
  end if;

  if apartado._active_count(p_member_id, p_now) + least(p_more, 1) > v_active_limit then
    code := case p_code when 'RS503' then 'RS503/member' else p_code end;
    parameter := 'member';
    facts := jsonb_build_object('limit', v_active_limit);
    return next;
  end if;
  parameter := 'quantity';
  if v_item_limit is not null
     and apartado._units_of(p_member_id, p_stock.item_id, null, p_now) + p_more > v_item_limit then
    code := case p_code when 'RS503' then 'RS503/item' else 'RS501/item' end;
    facts := jsonb_build_object('item_limit', v_item_limit);
    return next;
  end if;
  if v_drop_limit is not null and p_stock.drop_id is not null
     and apartado._units_of(p_member_id, null, p_stock.drop_id, p_now) + p_more > v_drop_limit then
    code := 'RS504';
    facts := jsonb_build_object('drop_limit', v_drop_limit);
    return next;
  end if;
end;
$$;

comment on function apartado._limit_refusals(apartado.stock, bigint, bigint, integer, text, timestamptz) is 'Which limits a member would go over with so many more units of a stock row, held or waited for.';
