-- list_waves: the waves of a drop, in the order of their times, for operators.
--
-- Gives   a row for each: status is planned, released (its time has come, whether or not a job ran) or cancelled
-- Raises  RS601, RS602 not an operator · RS106 no such drop · RS204 p_limit outside 1 .. 10000
create or replace function apartado.list_waves(p_actor text, p_drop bigint, p_limit integer default 1000)
  returns table (
    wave_id     bigint,
    item_id     bigint,
    sku         text,
    location    text,
    quantity    integer,
    due_at      timestamptz,
    status      text,
    server_time timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_now timestamptz := apartado.clock();
begin
  perform apartado._operator(p_actor);
  perform apartado._check_limit(p_limit, 10000);
  if not exists (select from apartado.drops d where d.drop_id = p_drop) then
    perform apartado._refuse('RS106', 'drop', jsonb_build_object('drop', p_drop));
  end if;

  return query
  select w.wave_id, s.item_id, i.sku, l.code, w.quantity, w.due_at,
         case when w.released_at = 'infinity' then 'cancelled' when w.due_at <= v_now then 'released' else 'planned' end, v_now
    from apartado.waves w
   cross join lateral (select x.item_id, x.location_id from apartado.stock x where x.stock_id = w.stock_id offset 0) s
   cross join lateral (select x.sku from apartado.items x where x.item_id = s.item_id offset 0) i
    join apartado.locations l on l.location_id = s.location_id
   where w.drop_id = p_drop
   order by w.due_at, w.wave_id
   limit p_limit;
end;
$$;

comment on function apartado.list_waves(text, bigint, integer) is 'The waves of a drop, in the order of their times, for operators. Example: select * from apartado.list_waves(null, 1)';

grant execute on function apartado.list_waves to apartado_api, apartado_operator;
