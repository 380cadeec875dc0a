select plan(3);
select tests.freeze((select max(wanted_since) from apartado.jobs));
update apartado.jobs set last_run_at = '-infinity';
select is((select count(*) from apartado._late_jobs()), 0::bigint, 'none is late just after the first migrate');
select tests.advance('17 seconds');
select is((select array_agg(job order by job) from apartado._late_jobs() where job <> 'announce_expiring'), '{announce_drops,draw_lotteries,expire_and_promote,number_events}', 'three turns and ten seconds later they are');
update apartado.jobs set wanted_since = '-infinity';
select is((select count(*) from apartado._late_jobs()), (select count(*) from apartado.jobs), 'all are where they were wanted long ago');
