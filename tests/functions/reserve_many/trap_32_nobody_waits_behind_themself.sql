select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc'), tests.item('tape');
select tests.held('tape', 'ben');
create function pg_temp.cart() returns jsonb language sql as $$
  select jsonb_build_array(jsonb_build_object('item', apartado.item_id('disc')), jsonb_build_object('item', apartado.item_id('tape')))
$$;
select is((select string_agg(outcome, ' ' order by line) from apartado.reserve_many('ana', pg_temp.cart(), 'reserve_or_queue')), 'reserved queued', 'the first time');
select tests.advance('1 minute');
select is((select string_agg(concat_ws(' ', outcome, code, "position"), ', ' order by line) from apartado.reserve_many('ana', pg_temp.cart(), 'reserve_or_queue')), 'refused RS302, queued 1', 'again, after an answer that was lost: what she holds, and the same place');
select is(concat_ws(' / ', tests.holders('disc'), tests.line('disc'), tests.holders('tape'), tests.line('tape')), 'ana 1 / nobody / ben 1 / ana', 'she waits for nothing that is hers');
select tests.commits();
