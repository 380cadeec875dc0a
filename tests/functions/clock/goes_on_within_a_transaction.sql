select plan(2);
select cmp_ok(apartado.clock(), '>', now(), 'it is not the time of the beginning');
select is((select provolatile from pg_proc where oid = 'apartado.clock'::regproc), 'v', 'and read anew each time');
