select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc', p_restock => false);
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai', 'dee');
select from apartado.leave_queue('ben', apartado.item_id('disc'));
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select from apartado.confirm_reservation('cai', tests.reservation('cai', 'disc'));
select results_eq($$select kind, alias, available, reserved, sold, queue_length from apartado.events join apartado.members using (member_id) where kind like 'queue.%' order by event_id$$, $$values
  ('queue.joined', 'ben', 0, 1, 0, 1), ('queue.joined', 'cai', 0, 1, 0, 2), ('queue.joined', 'dee', 0, 1, 0, 3),
  ('queue.left', 'ben', 0, 1, 0, 2), ('queue.promoted', 'cai', 0, 1, 0, 1), ('queue.closed', 'dee', 0, 0, 1, 0)$$, 'one row each, in order');
select tests.commits();
