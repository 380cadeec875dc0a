select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select results_eq($$select job from apartado.run_due_jobs('number_events')$$, $$values ('number_events')$$, 'that one');
select is_empty($$select from apartado.run_due_jobs('number_events')$$, 'when it is due');
select tests.refuses($$select * from apartado.run_due_jobs('nonsense')$$, 'RS205', 'job', 'one that there is not');
select is(tests.as_role('scheduler', 'select count(*) from apartado.run_due_jobs()'), '9', 'the scheduler runs the others');
select is(tests.as_role('stranger', 'select count(*) from apartado.run_due_jobs()'), '42501', 'a stranger may not');
