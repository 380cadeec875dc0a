select plan(2);
select is((r.migration, r.late_jobs), ((select max(id) from apartado.migration_checksums), (select count(*)::integer from apartado.jobs)), 'no job has run yet') from apartado.readiness() r;
update apartado.jobs set last_run_at = apartado.clock();
select is(r.late_jobs, 0, 'all have') from apartado.readiness() r;
