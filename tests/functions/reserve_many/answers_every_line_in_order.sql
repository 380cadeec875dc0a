select plan(7);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('one', 3), tests.item('two', 1), tests.item('three', 5);
select tests.held('two', 'ben');
select results_eq($$
  select line, item_id, location, outcome, code, quantity, price, currency, expires_at, available, reserved, sold, queue_length, server_time
    from apartado.reserve_many('ana', jsonb_build_array(
           jsonb_build_object('item', apartado.item_id('three'), 'quantity', 2, 'ttl', 3600),
           jsonb_build_object('item', apartado.item_id('two')),
           jsonb_build_object('item', apartado.item_id('one'), 'location', null, 'ttl', null)), 'reserve_or_queue')
$$, $$
  values (1, apartado.item_id('three'), 'main', 'reserved', null::text, 2, 12.50, 'EUR', '2030-01-01 13:00Z'::timestamptz, 3, 2, 0, 0, '2030-01-01 12:00Z'::timestamptz),
         (2, apartado.item_id('two'), 'main', 'queued', null, 1, null, null, null, 0, 1, 0, 1, '2030-01-01 12:00Z'),
         (3, apartado.item_id('one'), 'main', 'reserved', null, 1, 12.50, 'EUR', '2030-01-08 12:00Z', 2, 1, 0, 0, '2030-01-01 12:00Z')
$$, 'a row per line, as asked');
select is(tests.holders('one') || ' / ' || tests.holders('two') || ' / ' || tests.holders('three') || ' / ' || tests.line('two'), 'ana 1 / ben 1 / ana 2 / ana', 'and it is so');
select is(tests.told('one'), 'stock.changed, reservation.created ana', 'told');
select results_eq($$select reservation_id from apartado.reserve_many('ben', jsonb_build_array(jsonb_build_object('item', apartado.item_id('one'))))$$,
                  $$select tests.reservation('ben', 'one')$$, 'all_or_nothing is the default, and the id is the reservation''s');
select is((select string_agg(concat_ws(' ', "position", queue_entry_id is not null, reservation_id is null), ',') from apartado.reserve_many('ben', jsonb_build_array(jsonb_build_object('item', apartado.item_id('three'), 'quantity', 4)), 'reserve_or_queue')), '1 t t', 'a place with its position');
create temporary table again as select * from apartado.reserve_many('ben', jsonb_build_array(jsonb_build_object('item', apartado.item_id('one'))), 'best_effort');
select is(
  (select row(m.version, m.available, m.reserved, m.queue_length)::text from again m),
  (select row(s.version, s.available, s.reserved, s.queue_length)::text from apartado.stock s where s.item_id = apartado.item_id('one')), 'fresh counters and version, also beside a refusal');
select tests.commits();
