select plan(4);
select tests.members('ana'), tests.item('disc', 3);
create function pg_temp.lines() returns jsonb language sql as $$ select jsonb_build_array(jsonb_build_object('item', apartado.item_id('disc'))) $$;
create temporary table first as select * from apartado.place_order('ana', p_lines => pg_temp.lines(), p_idempotency_key => 'k');
select results_eq($$select * from apartado.place_order('ana', p_lines => pg_temp.lines(), p_idempotency_key => 'k')$$, 'select * from first', 'the same answer');
select is(tests.stock('disc'), '2 free, 0 held, 1 sold, 0 waiting', 'once');
select tests.refuses($$select * from apartado.place_order('ana', p_lines => pg_temp.lines(), p_reference => 'x', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key');
select tests.commits();
