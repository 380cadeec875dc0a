select plan(4);
select tests.freeze('2030-01-01 12:00Z');
update apartado.jobs set wanted_since = apartado.clock() - interval '1 hour';
select isnt_empty('select * from apartado.run_due_jobs()', 'they ran while the clock of the server was a day ahead');
select tests.advance('-1 day');
update apartado.jobs set wanted_since = apartado.clock() - interval '2 hours';
select isnt_empty($$select from apartado._late_jobs() where job = 'expire_and_promote'$$, 'nobody has run them since it was put back');
select ok(exists (select from apartado.run_due_jobs() where job = 'expire_and_promote'), 'and they do not wait for tomorrow');
select is_empty('select * from apartado.run_due_jobs()', 'once');
