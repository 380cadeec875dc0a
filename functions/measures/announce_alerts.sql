-- announce_alerts: tell once that a measure of health has crossed its limit, and once that it is well again.
--
-- Gives   how many have crossed, and how many are well again
-- Raises  RS601, RS602 called by a person who is no operator
-- Tells   alert.raised and alert.cleared, to operators, through triggers/alerts.sql
-- Notes   told at the second look, five seconds after the first or later: where nobody was at work for a while, everything is late
--         for a moment. A setting that somebody switched off has crossed nothing: health says so as long as it is
create or replace function apartado.announce_alerts(out raised bigint, out cleared bigint)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  perform apartado._require_operator_or_role();

  with crossed as materialized (
    select m.name, m.value, m.largest, m.unit from apartado._measures() m where m.value > m.largest and m.unit <> 'settings'
  ), well as (
    delete from apartado.alerts a
     where a.measure not in (select c.name from crossed c)
    returning a.told_at
  ), still as (
    update apartado.alerts a
       set told_at = apartado.clock(), value = c.value
      from crossed c
     where a.measure = c.name and a.told_at is null and a.since <= apartado.clock() - interval '5 seconds'
    returning a.measure
  ), new as (
    insert into apartado.alerts (measure, value, largest, unit, since)
    select c.name, c.value, c.largest, c.unit, apartado.clock() from crossed c
    on conflict (measure) do nothing
  )
  select (select count(*) from still), (select count(w.told_at) from well w)
    into raised, cleared;
end;
$$;

comment on function apartado.announce_alerts() is 'Tell once that a measure of health has crossed its limit, and once that it is well again. Example: select * from apartado.announce_alerts()';

grant execute on function apartado.announce_alerts to apartado_operator, apartado_jobs;
