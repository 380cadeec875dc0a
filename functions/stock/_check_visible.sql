-- _check_visible: whether an item is there at all for whoever looks.
--
-- Raises  RS101 unknown; or hidden, and the viewer is no operator and holds none of it
create or replace function apartado._check_visible(p_item bigint, p_viewer_id bigint)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not apartado._visible_to(p_item, p_viewer_id) then
    perform apartado._refuse('RS101', 'item', jsonb_build_object('item', p_item));
  end if;
end;
$$;

comment on function apartado._check_visible(bigint, bigint) is 'Whether an item is there at all for whoever looks.';
