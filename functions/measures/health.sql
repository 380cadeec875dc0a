-- health: how the work and the storage fare, with advice.
--
-- Gives   a row for each measure: name, ok, value, largest (the most that is well), unit, advice (null where there is none)
-- Raises  RS601 nobody signed in · RS602 not an operator
-- Notes   a few milliseconds, whatever the number of reservations; check_consistency reads everything, this does not
create or replace function apartado.health(p_actor text)
  returns table (
    name    text,
    ok      boolean,
    value   bigint,
    largest bigint,
    unit    text,
    advice  text
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  perform apartado._operator(p_actor);

  return query
    select m.name, m.value <= m.largest, m.value, m.largest, m.unit,
           case when m.value > m.largest then apartado._advice(m.name) end
      from apartado._measures() m
     union all
    select 'pg_cron', true, count(*), null, 'extensions', case count(*) when 0 then apartado._advice('pg_cron') end
      from pg_extension e
     where e.extname = 'pg_cron';
end;
$$;

comment on function apartado.health(text) is 'How the work and the storage fare, with advice. Example: select * from apartado.health(null)';

grant execute on function apartado.health to apartado_api, apartado_operator;
