-- _visible_to: whether an item is there for somebody: shown to all, or theirs to see though it is hidden.
--
-- Gives   false also for an item that there is not
-- Notes   what is hidden is there for operators, and for members who hold some of it or have it offered
create or replace function apartado._visible_to(p_item bigint, p_viewer_id bigint)
  returns boolean
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (
    select
      from apartado.items i
     where i.item_id = p_item
       and (i.visible
            or apartado._is_operator(p_viewer_id)
            or exists (select
                         from apartado.stock s
                        where s.item_id = i.item_id
                          and s.stock_id = any (apartado._held_stock(p_viewer_id, apartado.clock())))));
end;
$$;

comment on function apartado._visible_to(bigint, bigint) is 'Whether an item is there for somebody: shown to all, or theirs to see though it is hidden.';
