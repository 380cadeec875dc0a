select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 2);
create temporary table first as select * from apartado.reserve('ana', apartado.item_id('disc'), p_idempotency_key => 'k');
select tests.advance('23 hours 59 minutes 59 seconds');
create temporary table before as select tests.state();
select results_eq($$select f::text from apartado.reserve('ana', apartado.item_id('disc'), p_idempotency_key => 'k') f$$,
                  $$select f::text from first f$$, 'a day less a second later every column is the same, server_time included');
select results_eq('select tests.state()', 'select * from before', 'and nothing was written, not even a version');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'), 2, p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'another request under the key');
select tests.refuses($$select * from apartado.join_queue('ana', apartado.item_id('disc'), p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'another function under the key');
select is((select outcome from apartado.reserve('ben', apartado.item_id('disc'), p_idempotency_key => 'k')), 'reserved', 'another member''s key is another key');
select tests.commits();
