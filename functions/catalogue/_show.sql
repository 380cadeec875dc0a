-- _show: makes an item visible or hidden, where it is not already.
--
-- Tells   item.hidden or item.changed with the reason, through triggers/items.sql, which carry it to the stock rows
-- Notes   the caller holds the item's stock rows, locked and bumped
create or replace function apartado._show(p_item_id bigint, p_visible boolean, p_reason text, p_now timestamptz)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._say_why(p_reason);
  update apartado.items i
     set visible = p_visible, changed_at = p_now
   where i.item_id = p_item_id
     and i.visible <> p_visible;
  perform apartado._say_why(null);
end;
$$;

comment on function apartado._show(bigint, boolean, text, timestamptz) is 'Makes an item visible or hidden, where it is not already.';
