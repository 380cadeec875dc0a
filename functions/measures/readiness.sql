-- readiness: what a service must know of its database before it says that it is ready.
--
-- Gives   migration, the newest one that was applied; late_jobs, how many jobs ought to have run and did not
create or replace function apartado.readiness(
  out migration text,
  out late_jobs integer
)
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  migration := (select max(c.id) from apartado.migration_checksums c);
  late_jobs := (select count(*) from apartado._late_jobs());
end;
$$;

comment on function apartado.readiness() is 'What a service must know of its database before it says that it is ready. Example: select * from apartado.readiness()';

grant execute on function apartado.readiness to apartado_api, apartado_operator, apartado_jobs;
