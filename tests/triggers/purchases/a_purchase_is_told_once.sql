select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc', 2);
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), p_reference => 'order 7');
select results_eq($$select kind, available, reserved, sold, data - '{purchase_id,reservation_id}'::text[], details, at from apartado.events where kind like 'purchase.%'$$, $$values
  ('purchase.created', 0, 0, 2, '{"price": "12.50", "currency": "EUR", "quantity": 2}'::jsonb, '{"reference": "order 7"}'::jsonb, timestamptz '2030-01-01 12:00Z')$$, 'with its price, and the reference for operators');
select is((select data ->> 'reservation_id' from apartado.events where kind = 'purchase.created'), tests.reservation('ana', 'disc')::text, 'and the reservation it came from');
