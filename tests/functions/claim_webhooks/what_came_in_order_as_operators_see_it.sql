select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.operator('olga'), tests.item('disc', 2);
create temporary table w as select * from apartado.create_webhook('olga', 'https://shop.example/in');
select tests.held('disc', 'ana');
select is_empty('select * from apartado.claim_webhooks()', 'nothing that has no number yet');
select apartado._number_events();
create temporary table sent as select * from apartado.claim_webhooks();
select results_eq('select webhook_id, url, message from sent', 'select webhook_id, url, 1::bigint from w', 'the first message');
select is(body - 'data', '{"type": "events", "timestamp": "2030-01-01T12:00:00.000000Z"}', 'its kind and the time of its last event') from sent;
select is((body -> 'data') - 'events', jsonb_build_object('webhook_id', w.webhook_id, 'after', 0, 'through', 3, 'reset', false), 'from where to where') from sent, w;
select results_eq($$select x.* from sent cross join lateral jsonb_to_recordset(body #> '{data,events}') as x (pos bigint, kind text, item_id bigint, location text, data jsonb, at timestamptz)$$,
  $$select * from apartado.list_events('olga')$$, 'what operators see, in order');
select is_empty('select * from apartado.claim_webhooks()', 'nobody else is given it');
select from apartado.adjust_stock('olga', apartado.item_id('disc'), 1, 'found');
select apartado._number_events();
select tests.advance('30 seconds');
select results_eq('select * from apartado.claim_webhooks()', 'select * from sent', 'after half a minute it is sent again, and nothing with it');
select is(tests.as_role('apartado_operator', 'select url from apartado.claim_webhooks()'), '42501', 'only the service sends');
