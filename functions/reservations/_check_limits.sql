-- _check_limits: whether a member may have so many more units of a stock row, held or waited for.
--
-- Raises  RS501 (reserving) or RS503 (waiting) too many reservations and places already, or units of the item
--         RS504 too many units of the drop
-- Notes   p_more is what comes on top of what the rows say already, and may be 0: then they are looked at as they are.
--         The caller holds the member's turn and the stock row. Places in queues count like reservations, because promotion
--         looks at no limit.
create or replace function apartado._check_limits(
  p_stock     apartado.stock,
  p_member_id bigint,
  p_class_id  bigint,
  p_more      integer,
  p_code      text,
  p_now       timestamptz
)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
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
    perform apartado._refuse(p_code, 'member', jsonb_build_object('limit', v_active_limit));
  end if;
  if v_item_limit is not null
     and apartado._units_of(p_member_id, p_stock.item_id, null, p_now) + p_more > v_item_limit then
    perform apartado._refuse(p_code, 'quantity', jsonb_build_object('item_limit', v_item_limit));
  end if;
  if v_drop_limit is not null and p_stock.drop_id is not null
     and apartado._units_of(p_member_id, null, p_stock.drop_id, p_now) + p_more > v_drop_limit then
    perform apartado._refuse('RS504', 'quantity', jsonb_build_object('drop_limit', v_drop_limit));
  end if;
end;
$$;

comment on function apartado._check_limits(apartado.stock, bigint, bigint, integer, text, timestamptz) is 'Whether a member may have so many more units of a stock row, held or waited for.';
