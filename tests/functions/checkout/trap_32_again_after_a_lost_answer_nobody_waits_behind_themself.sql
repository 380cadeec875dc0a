select plan(4);
select tests.members('ana', 'ben'), tests.item('disc'), tests.item('tape');
select tests.held('tape', 'ben');
select apartado.add_to_cart('ana', apartado.item_id(s)) from unnest('{disc,tape}'::text[]) s;
create temporary table first as select * from apartado.checkout('ana', p_mode => 'reserve_or_queue', p_idempotency_key => 'k');
select results_eq($$select * from apartado.checkout('ana', p_mode => 'reserve_or_queue', p_idempotency_key => 'k')$$, 'select * from first', 'with the key: the same answer');
select tests.refuses($$select * from apartado.checkout('ana', p_mode => 'reserve_or_queue')$$, 'RS105', 'location', 'without: nothing is left to do');
select is(concat_ws(' / ', tests.holders('disc'), tests.line('disc'), tests.line('tape')), 'ana 1 / nobody / ana', 'done once');
select tests.commits();
