-- dashboard: the shop in figures: stock, reservations, queues, sales, and what becomes of reservations.
--
-- Gives   items_by_status: items (at a location) by their status, as a visitor would be told; available, reserved, sold: units;
--         open_reservations; due_soon: those of them whose deadline is within a day; waiting: places in queues;
--         sales: since p_since, one object for each currency with sales, units and total (a string; what had no price is
--         counted in units alone), the undone ones taken off; rates: of the newest 10,000 reservations those that are over (sample),
--         which part expired and which was converted into a sale, and the mean time held in seconds
-- Raises  RS104 no such location
-- Notes   p_location null: every location. p_since null: the beginning of today, UTC. What is past its time counts as done
create or replace function apartado.dashboard(
  p_actor               text,
  p_location            text default null,
  p_since               timestamptz default null,
  out location          text,
  out items_by_status   jsonb,
  out available         bigint,
  out reserved          bigint,
  out sold              bigint,
  out open_reservations bigint,
  out due_soon          bigint,
  out waiting           bigint,
  out sales             jsonb,
  out rates             jsonb,
  out since             timestamptz,
  out server_time       timestamptz
)
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
  v_location_id bigint;
begin
  perform apartado._operator(p_actor);
  v_location_id := case when p_location is not null then apartado._location_id(p_location) end;
  server_time := apartado.clock();
  since := coalesce(p_since, date_trunc('day', server_time, 'UTC'));
  location := p_location;
  select f.items_by_status, f.available, f.reserved, f.sold, f.waiting
    into items_by_status, available, reserved, sold, waiting
    from apartado._stock_figures(v_location_id, server_time) f;

  select count(*), count(*) filter (where r.expires_at <= server_time + interval '24 hours')
    into open_reservations, due_soon
    from apartado.reservations r
    left join apartado.stock s on s.stock_id = r.stock_id
   where r.status = 'active'
     and r.expires_at > server_time
     and (v_location_id is null or s.location_id = v_location_id);

  sales := apartado._sales(v_location_id, since);
  rates := (select to_jsonb(r) from apartado._rates(v_location_id, server_time) r);
end;
$$;

comment on function apartado.dashboard(text, text, timestamptz) is 'The shop in figures: stock, reservations, queues, sales, and what becomes of reservations. Example: select * from apartado.dashboard(null)';

grant execute on function apartado.dashboard to apartado_api, apartado_operator;
