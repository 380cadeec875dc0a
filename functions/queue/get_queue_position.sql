-- get_queue_position: where a member stands in the queue of an item.
--
-- Gives   position 1..n (null: not in line), queue_length; expected_wait from how fast this queue moved, and of how many
--         people served that is the mean (sample); paused_at, pause_reason: since when the line stands still, and why (null: it does not)
-- Raises  RS101 no such item · RS104 not kept at that location · RS601 nobody was named
-- Notes   expected_wait is null where nobody knows: with fewer than three served before, while the entry is suspended,
--         while the queue stands still, and before its lots are drawn
create or replace function apartado.get_queue_position(
  p_member          text,
  p_item            bigint,
  p_location        text default null,
  out "position"    bigint,
  out queue_length  integer,
  out expected_wait interval,
  out sample        integer,
  out paused_at     timestamptz,
  out pause_reason  text
)
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_status record;
  v_stock  apartado.stock;
  v_pace   interval;
begin
  if p_member is null then
    perform apartado._refuse('RS601', 'member');
  end if;

  select * into v_status from apartado.get_status(p_member, p_item, p_location);
  "position" := v_status.my_position;
  queue_length := v_status.queue_length;

  select s.*
    into v_stock
    from apartado.stock s
    join apartado.locations l on l.location_id = s.location_id
   where s.item_id = p_item and l.code = v_status.location;
  paused_at := v_stock.queue_paused_at;
  pause_reason := v_stock.queue_pause_reason;
  select p.pace, p.sample into v_pace, sample from apartado._pace(v_stock.stock_id) p;
  if not apartado._stands_still(v_stock, v_status.server_time) and not 'resume_entry' = any (v_status.actions) then
    expected_wait := v_pace * "position";
  end if;
end;
$$;

comment on function apartado.get_queue_position(text, bigint, text) is 'Where a member stands in the queue of an item. Example: select * from apartado.get_queue_position(''ben'', 1)';

grant execute on function apartado.get_queue_position to apartado_api, apartado_operator;
