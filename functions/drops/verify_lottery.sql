-- verify_lottery: how the lots of an item fell, worked out again from the seed.
--
-- Gives   a row for each lot after place p_after, in the order of the places: the entry's number (never whose it is), its priority
--         at the draw, and its lot, SHA-256 of seed, colon and that number; is_right: it is higher than the lot before, which is
--         what the place says where the priority is the same
-- Raises  RS101 no such item, or hidden · RS104 not kept at that location · RS106 no such drop, or none of this item
--         RS204 p_limit outside 1 .. 10000, or p_after below 0 · RS312 it draws no lots, or did not yet
-- Notes   anybody can do the same without this function: printf '%s:%s' SEED ENTRY | sha256sum; list_drops says the seed
create or replace function apartado.verify_lottery(
  p_member   text,
  p_drop     bigint,
  p_item     bigint,
  p_location text default null,
  p_after    integer default 0,
  p_limit    integer default 1000
)
  returns table (
    place          integer,
    queue_entry_id bigint,
    priority       integer,
    lot            text,
    is_right       boolean
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_stock   apartado.stock;
  v_lottery record;
begin
  perform apartado._check_limit(p_limit, 10000);
  if p_after is null or p_after < 0 then
    perform apartado._refuse('RS204', 'after', jsonb_build_object('after', p_after, 'smallest', 0));
  end if;
  v_stock := apartado._visible_stock(p_item, p_location, apartado._viewer_id(p_member));
  select l.seed, l.drawn_at, c.stock_id
    into v_lottery
    from apartado.drops d
    left join apartado.lotteries l on l.drop_id = d.drop_id
    left join apartado.lottery_queues c on c.drop_id = d.drop_id and c.stock_id = v_stock.stock_id
   where d.drop_id = p_drop
     and (c.stock_id is not null or d.drop_id = v_stock.drop_id);
  if not found then
    perform apartado._refuse('RS106', 'drop', jsonb_build_object('drop', p_drop, 'item', p_item));
  elsif v_lottery.drawn_at is null then
    perform apartado._refuse('RS312/not_drawn', 'drop', jsonb_build_object('drop', p_drop, 'lottery', v_lottery.seed is not null, 'drawn', false));
  end if;

  return query
  select w.place, w.queue_entry_id, w.priority, w.lot, w.is_right
    from apartado._lots(p_drop, v_lottery.stock_id, v_lottery.seed, p_after, p_limit) w;
end;
$$;

comment on function apartado.verify_lottery(text, bigint, bigint, text, integer, integer) is 'How the lots of an item fell, worked out again from the seed. Example: select * from apartado.verify_lottery(null, 2, 7)';

grant execute on function apartado.verify_lottery to apartado_api, apartado_operator;
