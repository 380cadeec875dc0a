select plan(2);
select tests.members('ana'), tests.item('disc', 3);
select ok(tests.rung(), 'this transaction holds the bell');
select is((select string_agg(tgname, ' ') from pg_trigger where tgrelid = 'apartado.events'::regclass and tgname ~ 'ring' and tgtype & 1 = 0), '_900_ring', 'it is rung by the statement, not by the row');
