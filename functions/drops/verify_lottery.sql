-- verify_lottery: how the lots of a drop fell, worked out again from the seed.
--
-- Gives   a row for each lot, queue by queue in its order: the entry's number (never whose it is), its priority at the draw, its
--         lot (the lower comes first), the place that it was given, and the place that the lots say; is_right: they are
--         the same
-- Raises  RS106 no such drop · RS101 no such item, or hidden · RS307 not drawn yet · RS312 it draws no lots
-- Notes   anybody can do the same without this function: printf '%s:%s' SEED ENTRY | sha256sum. Of hidden items only operators
--         are told. p_item null: all items of the drop
create or replace function apartado.verify_lottery(p_member text, p_drop bigint, p_item bigint default null)
  returns table (
    item_id        bigint,
    location       text,
    place          integer,
    queue_entry_id bigint,
    priority       integer,
    lot            text,
    expected_place bigint,
    is_right       boolean
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_viewer_id bigint := apartado._viewer_id(p_member);
  v_lottery   apartado.lotteries := apartado._lottery(p_drop);
begin
  if p_item is not null then
    perform apartado._check_visible(p_item, v_viewer_id);
  end if;
  if not exists (select from apartado.draws w where w.drop_id = p_drop) then
    perform apartado._refuse('RS307', 'drop', jsonb_build_object('drop', p_drop, 'drawn', false));
  end if;

  return query
  select s.item_id, l.code, x.place, x.queue_entry_id, x.priority, x.lot, x.expected_place, x.place = x.expected_place
    from apartado._lots(v_lottery) x
    join apartado.stock s on s.stock_id = x.stock_id
    join apartado.locations l on l.location_id = s.location_id
   where (p_item is null or s.item_id = p_item)
     and apartado._visible_to(s.item_id, v_viewer_id)
   order by s.item_id, l.code, x.place;
end;
$$;

comment on function apartado.verify_lottery(text, bigint, bigint) is 'How the lots of a drop fell, worked out again from the seed. Example: select * from apartado.verify_lottery(null, 2)';

grant execute on function apartado.verify_lottery to apartado_api, apartado_operator;
