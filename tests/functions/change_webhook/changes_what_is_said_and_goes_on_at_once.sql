select plan(14);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.item('disc');
create temporary table w as select * from apartado.create_webhook('olga', 'https://shop.example/in', '{stock.changed}');
select results_eq($$select c.url, c.kinds, c.paused_at from w cross join lateral apartado.change_webhook('olga', w.webhook_id, 'https://other.example') c$$,
  $$values ('https://other.example', '{stock.changed}'::text[], null::timestamptz)$$, 'where it goes');
select is(c.url, u, 'any port that can be') from w cross join unnest('{http://shop.example:1,https://shop.example:65535/a:b,http://[::1]/,http://[::1]:8080?at=10:99}'::text[]) u
  cross join lateral apartado.change_webhook('olga', w.webhook_id, u) c;
select is(c.kinds, '{stock.low}', 'other kinds') from w cross join lateral apartado.change_webhook('olga', w.webhook_id, p_kinds => '{stock.low}') c;
select is(c.kinds, null, 'all kinds') from w cross join lateral apartado.change_webhook('olga', w.webhook_id, p_kinds => '{}') c;
select apartado._number_events();
select is(count(*), 1::bigint, 'something is under way') from apartado.claim_webhooks();
select from w cross join lateral apartado.note_webhook(w.webhook_id, 1, 500);
select is((failures, next_at), (1, timestamptz '2030-01-01 12:00:02Z'), 'and has failed') from apartado.list_webhooks(null);
select is(c.paused_at, timestamptz '2030-01-01 12:00Z', 'paused') from w cross join lateral apartado.change_webhook('olga', w.webhook_id, p_paused => true) c;
select is_empty('select * from apartado.claim_webhooks()', 'nothing is sent then');
select tests.advance('1 hour');
select is(c.paused_at, null, 'it goes on') from w cross join lateral apartado.change_webhook('olga', w.webhook_id, p_paused => false) c;
select results_eq('select message, body #> ''{data,after}'' from apartado.claim_webhooks()', $$select 2::bigint, to_jsonb(pos) from w$$, 'where it stood, at once, as another message');
select tests.commits();
