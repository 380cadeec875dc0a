-- _place_items: says which items a drop has: those that are new come into it, those that are not named leave it.
--
-- Raises  RS312 one is in another drop that has not ended, or leaves while waves are planned for it
--         RS205 policies govern one of them that cannot hold together
-- Tells   item.changed
-- Notes   p_other_policy: the drop follows another policy than before. An item whose drop has ended may come into the next. The
--         caller checked the list (_check_items_of_drop) and holds all these items (_lock_items).
create or replace function apartado._place_items(p_drop bigint, p_items bigint[], p_now timestamptz, p_other_policy boolean default false)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_wrong record;
  v_moved bigint[];
begin
  select i.item_id, d.drop_id
    into v_wrong
    from apartado.items i
    join apartado.drops d on d.drop_id = i.drop_id
   where i.item_id = any (p_items) and d.drop_id <> p_drop and d.closes_at > p_now
   limit 1;
  if found then
    perform apartado._refuse('RS312/other_drop', 'items', jsonb_build_object('item', v_wrong.item_id, 'drop', v_wrong.drop_id));
  end if;

  select s.item_id, w.wave_id
    into v_wrong
    from apartado.waves w
    join apartado.stock s on s.stock_id = w.stock_id
    join apartado.items i on i.item_id = s.item_id
   where w.released_at is null
     and (i.item_id = any (p_items) and i.drop_id <> p_drop or i.drop_id = p_drop and not i.item_id = any (p_items))
   limit 1;
  if found then
    perform apartado._refuse('RS312/wave', 'items', jsonb_build_object('item', v_wrong.item_id, 'wave', v_wrong.wave_id));
  end if;

  with moved as (
    update apartado.items i
       set drop_id = case when i.item_id = any (p_items) then p_drop end, changed_at = p_now
     where i.item_id = any (p_items) and i.drop_id is distinct from p_drop
        or i.drop_id = p_drop and not i.item_id = any (p_items)
    returning i.item_id
  )
  select coalesce(array_agg(m.item_id), '{}') into v_moved from moved m;

  -- what the policy of a drop covered may not go together
  perform apartado._check_policies((select d.policy_id from apartado.drops d where d.drop_id = p_drop), 'policy',
                                   v_moved || case when p_other_policy then p_items end);
end;
$$;

comment on function apartado._place_items(bigint, bigint[], timestamptz, boolean) is 'Says which items a drop has: those that are new come into it, those that are not named leave it.';
