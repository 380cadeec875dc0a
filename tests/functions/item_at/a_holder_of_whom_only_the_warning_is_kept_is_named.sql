select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.operator('olga'), tests.item('disc');
select from apartado.set_policy(null, 'default', '{"hold": "40 days", "hold_cap": "40 days"}');
select from apartado.reserve('ana', apartado.item_id('disc'));
select from apartado._number_events(1000);
select tests.advance('39 days 12 hours');
select is((select told::integer from apartado.announce_expiring()), 1, 'she is warned');
select from apartado._number_events(1000);
select from apartado.purge(null, 'the yearly cleaning', apartado.clock() - interval '720 hours');
select is((select string_agg(concat_ws(' ', reserved, h ->> 'alias', h ->> 'quantity', h ->> 'expires_at'), ', ') from apartado.item_at(null, apartado.item_id('disc'), apartado.clock()), jsonb_array_elements(holders) h),
  '1 ana 1 2030-02-10T12:00:00.000000Z', 'how the reservation began is not kept, but that it is held is');
