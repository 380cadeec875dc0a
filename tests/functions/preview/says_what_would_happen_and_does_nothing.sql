select plan(15);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.operator('olga'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai');
create temporary table before as select tests.state();
create temporary table tried as
  select * from apartado.preview('olga', 'revoke_reservation', jsonb_build_object('reservation', tests.reservation('ana', 'disc'), 'reason', 'never came'));
select is((select concat_ws(' ', outcome, code is null, server_time = apartado.clock()) from tried), 'done t t', 'it would be done');
select is((select concat_ws(' ', answer -> 0 ->> 'status', answer -> 0 ->> 'promoted', jsonb_array_length(answer)) from tried), 'revoked 1 1', 'with this answer');
select is((select string_agg(concat_ws(' ', e.value ->> 'kind', e.value ->> 'member', e.value -> 'data' ->> 'reason'), ', ' order by e.ordinality) from tried, jsonb_array_elements(events) with ordinality e), 'reservation.revoked ana never came, queue.promoted ben, reservation.created ben', 'who would be promoted');
select is((select changes from tried), jsonb_build_array(jsonb_build_object('item_id', apartado.item_id('disc'), 'location', 'main',
  'before', '{"total": 1, "available": 0, "reserved": 1, "sold": 0, "queue_length": 2}'::jsonb, 'after', '{"total": 1, "available": 0, "reserved": 1, "sold": 0, "queue_length": 1}'::jsonb)), 'what numbers would change');
select results_eq('select tests.state()', 'select * from before', 'nothing was changed');
select is((select jsonb_array_length(events) from apartado.preview(null, 'adjust_stock', jsonb_build_object('item', apartado.item_id('disc'), 'delta', 2, 'reason', 'came'))), 5, 'another action, another answer');
select results_eq('select tests.state()', 'select * from before', 'nothing again');
select is((select answer -> 0 -> 'price' from apartado.preview('olga', 'mark_sold', jsonb_build_object('item', apartado.item_id('disc'), 'buyer', 'ana'))), '"12.50"', 'money is text, as over HTTP');
select is((select answer -> 0 -> 'server_time' from apartado.preview('olga', 'adjust_stock', jsonb_build_object('item', apartado.item_id('disc'), 'delta', 2, 'reason', 'came'))), '"2030-01-01T12:00:00.000000Z"', 'and times end in Z');
select is((select concat_ws(' ', outcome, code, message, answer is null, events is null) from apartado.preview('olga', 'mark_sold', jsonb_build_object('item', apartado.item_id('disc'), 'buyer', 'ben'))), 'refused RS311 ' || (select message from apartado.messages where code = 'RS311' and language = 'en') || ' t t', 'a refusal is an answer, too');
select is((select concat_ws(' ', outcome, code, hint is not null, detail) from apartado.preview('olga', 'adjust_stock', jsonb_build_object('item', -1, 'delta', 1, 'reason', 'why'))), 'refused RS101 t item: -1', 'with its hint and facts');
select results_eq('select tests.state()', 'select * from before', 'and changes nothing');
select is((select promoted from apartado.revoke_reservation('olga', tests.reservation('ana', 'disc'), 'never came')), 1, 'the action then does what was said');
select is(tests.holders('disc'), 'ben 1', 'to whom it was said');
select tests.commits();
