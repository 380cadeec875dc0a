select plan(2);
set local apartado.bell = off;
select tests.members('ana'), tests.item('disc', 3);
select tests.held('disc', 'ana');
select is((select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()), 0::bigint, 'no bell');
select is((select count(*) from apartado.events), 2::bigint, 'but the events are there');
