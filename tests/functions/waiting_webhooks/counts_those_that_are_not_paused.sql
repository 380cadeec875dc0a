select plan(5);
select tests.operator('olga');
select is(apartado.waiting_webhooks(), 0, 'none');
select from unnest('{1,2}'::text[]) n cross join lateral apartado.create_webhook('olga', 'https://shop.example/' || n);
select is(apartado.waiting_webhooks(), 2, 'two');
select from apartado.change_webhook('olga', (select min(webhook_id) from apartado.webhooks), p_paused => true);
select is(apartado.waiting_webhooks(), 1, 'what is paused waits for nobody');
select is(tests.as_role('apartado_api', 'select apartado.waiting_webhooks()'), '1', 'the service may ask');
select is(tests.as_role('stranger', 'select apartado.waiting_webhooks()'), '42501', 'a stranger may not');
