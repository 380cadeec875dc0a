select plan(2);
set local client_min_messages = warning;
select is_empty('select * from apartado.sync_jobs()', 'no row and no error');
select is(tests.as_role('stranger', 'select count(*) from apartado.sync_jobs()'), '42501', 'and it is not for strangers');
