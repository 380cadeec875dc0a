-- get_queue_position: where a member stands in the queue of an item.
--
-- Gives   position 1..n (null: not waiting), queue_length; expected_wait null and sample 0: nobody knows yet
-- Raises  RS101 no such item · RS104 not kept at that location
create or replace function apartado.get_queue_position(
  p_member          text,
  p_item            bigint,
  p_location        text default null,
  out "position"    bigint,
  out queue_length  integer,
  out expected_wait interval,
  out sample        integer
)
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_status record;
begin
  select * into v_status from apartado.get_status(p_member, p_item, p_location);

  "position" := v_status.my_position;
  queue_length := v_status.queue_length;
  sample := 0;
end;
$$;

comment on function apartado.get_queue_position(text, bigint, text) is 'Where a member stands in the queue of an item. Example: select * from apartado.get_queue_position(''ben'', 1)';

grant execute on function apartado.get_queue_position to apartado_api, apartado_operator;
