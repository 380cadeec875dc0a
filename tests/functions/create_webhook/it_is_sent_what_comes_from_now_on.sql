select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.item('disc');
select apartado._number_events();
select results_eq($$select url, kinds, pos, created_at from apartado.create_webhook('olga', 'https://shop.example/in?shop=1', '{reservation.created,stock.low}')$$,
  $$values ('https://shop.example/in?shop=1', '{reservation.created,stock.low}'::text[], 1::bigint, timestamptz '2030-01-01 12:00Z')$$, 'after the newest event');
select results_eq($$select kinds, pos from apartado.create_webhook(null, 'http://192.0.2.5:8080')$$, 'values (null::text[], 1::bigint)', 'all kinds, where none is named');
select apartado._number_events();
select results_eq($$select kind, data - '{webhook_id,actor,at}'::text[], (data ->> 'webhook_id')::bigint from apartado.list_events('olga', 1)$$,
  $$select 'webhook.created', jsonb_strip_nulls(jsonb_build_object('url', url, 'kinds', kinds)), webhook_id from apartado.list_webhooks('olga')$$, 'operators are told');
select is_empty($$select * from apartado.list_events(null, 1)$$, 'and nobody else');
select tests.commits();
