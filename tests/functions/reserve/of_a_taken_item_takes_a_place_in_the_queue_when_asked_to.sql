select plan(14);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
select tests.held('disc', 'ana');
create temporary table answer as
  select * from apartado.reserve('ben', apartado.item_id('disc'), p_if_unavailable => 'queue');
select is(outcome, 'queued', 'outcome') from answer;
select is(reservation_id, null, 'reservation_id: none') from answer;
select is(queue_entry_id, (select queue_entry_id from apartado.queue_entries), 'queue_entry_id') from answer;
select is("position", 1::bigint, 'position') from answer;
select is(quantity, 1, 'quantity') from answer;
select is(price, null, 'price: frozen when it is set aside, not before') from answer;
select is(expires_at, null, 'expires_at: none') from answer;
select is(queue_length, 1, 'queue_length') from answer;
select is(concat_ws(' ', available, reserved, sold), '0 1 0', 'available, reserved, sold') from answer;
select is(version, (select version from apartado.stock), 'version') from answer;
select is((select "position" from apartado.reserve('cai', apartado.item_id('disc'), p_if_unavailable => 'queue')), 2::bigint,
          'the next one stands behind');
select is((select concat_ws(' ', outcome, queue_entry_id, "position") from apartado.reserve('ben', apartado.item_id('disc'), p_if_unavailable => 'queue')),
          (select concat_ws(' ', 'queued', queue_entry_id, 1) from answer), 'asked again, it gives the place that they have');
select is(tests.line('disc'), 'ben cai', 'once each');
select tests.commits();
