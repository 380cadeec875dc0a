select plan(3);
insert into apartado.jobs (job, command, every) values ('broken', 'select 1 / 0 as x', '1 second');
select throws_ok($$select * from apartado.run_due_jobs('broken')$$, '22012', null, 'its error is not swallowed');
select is((select last_run_at from apartado.jobs where job = 'broken'), '-infinity', 'and it stays due');
select lives_ok($$select * from apartado.run_due_jobs('number_events')$$, 'the others run');
