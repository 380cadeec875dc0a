select plan(10);
-- no job runs in this test
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc'), tests.item('alone');
select tests.held('disc', 'ana'), tests.held('alone', 'ana'), tests.waiting('disc', 'ben', 'cai');
select tests.advance('168 hours');
create temporary table before as select tests.state();
create temporary view seen as
  select m.alias, concat_ws(' ', s.status, s.available, s.reserved, s.queue_length, s.my_reservation_id, s.my_position, s.actions) as it
    from apartado.members m, apartado.get_status(m.alias, apartado.item_id('disc')) s;
select is((select it from seen where alias = 'ana'), 'reserved_by_others 0 1 2 {join_queue}', 'the old holder holds nothing');
select is((select status from apartado.list_reservations('ana') where sku = 'disc'), 'expired', 'and reads: expired');
select is((select it from seen where alias = 'ben'), 'in_queue 0 1 2 1 {reserve,leave_queue,suspend_entry}', 'the head is in the queue, at 1 of 2, and may reserve');
select is((select it from seen where alias = 'cai'), 'in_queue 0 1 2 2 {leave_queue,suspend_entry}', 'the second waits on');
select is((select it from seen where alias = 'dee'), 'reserved_by_others 0 1 2 {join_queue}', 'a passer-by cannot reserve');
select is((status, available, reserved, actions), ('available'::text, 1, 0, '{reserve}'::text[]), 'where nobody waits it is free') from apartado.get_status('dee', apartado.item_id('alone'));
select results_eq('select tests.state()', 'select * from before', 'and looking wrote nothing');
select is((select outcome from apartado.reserve('ben', apartado.item_id('disc'))), 'reserved', 'what the head was offered works');
select is((select outcome from apartado.reserve('dee', apartado.item_id('alone'))), 'reserved', 'and the passer-by''s');
select tests.commits();
