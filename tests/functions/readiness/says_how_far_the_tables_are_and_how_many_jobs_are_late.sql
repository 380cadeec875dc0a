select plan(3);
select tests.freeze((select max(wanted_since) from apartado.jobs));
select is((r.migration, r.late_jobs), ((select max(id) from apartado.migration_checksums), 0), 'no job has run yet, nor should it have') from apartado.readiness() r;
update apartado.jobs set wanted_since = '-infinity';
select is(r.late_jobs, (select count(*)::integer from apartado.jobs), 'all should have long ago') from apartado.readiness() r;
update apartado.jobs set last_run_at = apartado.clock();
select is(r.late_jobs, 0, 'all have') from apartado.readiness() r;
