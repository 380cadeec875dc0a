select plan(6);
select tests.members('ana', 'ben'), tests.item('disc', 3), tests.item('tape');
select tests.held('tape', 'ben');
create function pg_temp.cart() returns jsonb language sql as $$
  select jsonb_build_array(jsonb_build_object('item', apartado.item_id('disc')), jsonb_build_object('item', apartado.item_id('tape')))
$$;
create temporary table first as select * from apartado.reserve_many('ana', pg_temp.cart(), 'best_effort', 'k');
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'tape'));
select results_eq($$select * from apartado.reserve_many('ana', pg_temp.cart(), 'best_effort', 'k')$$, $$select * from first$$, 'unchanged, the refused line and the time included');
select is(tests.holders('disc') || ' / ' || tests.holders('tape'), 'ana 1 / nobody', 'done once');
select tests.refuses($$select * from apartado.reserve_many('ana', pg_temp.cart(), 'reserve_or_queue', 'k')$$, 'RS310', 'idempotency_key', 'another mode is another request');
select tests.refuses($$select * from apartado.reserve_many('ana', pg_temp.cart() - 0, 'best_effort', 'k')$$, 'RS310', 'idempotency_key', 'other lines are another request');
select is((select count(*) from apartado.reserve_many('ben', pg_temp.cart(), 'best_effort', 'k')), 2::bigint, 'another member''s key is another key');
select tests.commits();
