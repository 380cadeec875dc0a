select plan(1);
select tests.freeze('2030-01-01 12:00Z');
create temporary table signed as select * from apartado.sign_in('ana');
select tests.advance('1 hour');
set local transaction_read_only = on;
select is((select alias from apartado.authenticate((select token from signed))), 'ana', 'as on a standby');
