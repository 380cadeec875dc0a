-- _write_item: writes changed fields of one item.
--
-- Tells   item.changed for each of the item's stock rows, through triggers/items.sql
-- Notes   the caller holds all stock rows of the item, locked; they are bumped here, so that whoever judged by the
--         old price, policy or visibility at REPEATABLE READ is stopped, and the events carry a new version.
--         The lists go first: the item's own row, written last, is what is told
create or replace function apartado._write_item(p_item_id bigint, p_fields jsonb, p_now timestamptz)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  update apartado.stock s
     set version = s.version + 1
   where s.item_id = p_item_id;

  perform apartado._write_lists(jsonb_build_array(p_fields || jsonb_build_object('item_id', p_item_id)));

  update apartado.items i
     set (title, price, currency, condition, sleeve_condition, visible, for_sale, policy_id,
          year, country, styles, genres, needs_audio, notes, admin_notes, parent, cms_id, changed_at) = (
       select n.title, n.price, n.currency, n.condition, n.sleeve_condition, n.visible, n.for_sale,
              coalesce((select p.policy_id from apartado.policies p where p.name = p_fields ->> 'policy'), i.policy_id),
              n.year, n.country, n.styles, n.genres, n.needs_audio, n.notes, n.admin_notes, n.parent, n.cms_id, p_now
         from jsonb_populate_record(i, p_fields) n)
   where i.item_id = p_item_id;
end;
$$;

comment on function apartado._write_item(bigint, jsonb, timestamptz) is 'Writes changed fields of one item.';
