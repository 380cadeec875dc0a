select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.members('ana'), tests.item('disc');
select apartado._number_events();
create temporary table w as select * from apartado.create_webhook('olga', 'https://shop.example', '{webhook.created}');
select results_eq($$select url, pos, behind, failures, failing_since, next_at, last_status, last_error, paused_at, created_at from apartado.list_webhooks('olga')$$,
  $$values ('https://shop.example', 1::bigint, 0::bigint, 0, null::timestamptz, null::timestamptz, null::integer, null::text, null::timestamptz, timestamptz '2030-01-01 12:00Z')$$, 'a new one');
select apartado._number_events();
select from apartado.claim_webhooks();
select from w cross join lateral apartado.note_webhook(w.webhook_id, 1, null, 'nobody there');
select results_eq($$select behind, failures, failing_since, next_at, last_status, last_error from apartado.list_webhooks(null)$$,
  $$values (1::bigint, 1, timestamptz '2030-01-01 12:00Z', timestamptz '2030-01-01 12:00:02Z', null::integer, 'nobody there')$$, 'one that fails');
select tests.advance('2 seconds');
select from apartado.claim_webhooks();
select from w cross join lateral apartado.note_webhook(w.webhook_id, 1, 204);
select results_eq($$select behind, failures, failing_since, next_at, last_status, last_error from apartado.list_webhooks(null)$$,
  $$values (0::bigint, 0, null::timestamptz, null::timestamptz, 204, null::text)$$, 'one that works again');
select tests.refuses($$select * from apartado.list_webhooks('ana')$$, 'RS602', 'actor', 'a member may not');
select is(tests.as_role('stranger', 'select url from apartado.list_webhooks(null)'), '42501', 'nor a stranger');
