select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga');
create temporary table w as select * from apartado.create_webhook('olga', 'https://shop.example');
select apartado._number_events();
select tests.advance('5 minutes');
select results_eq($$select behind, failures, last_error from apartado.list_webhooks('olga')$$, $$values (1::bigint, 0, null::text)$$, 'five minutes are given');
select tests.advance('1 second');
select results_eq($$select behind, failures, last_error from apartado.list_webhooks('olga')$$,
  $$values (1::bigint, 0, 'No service has taken it up: see APARTADO_WEBHOOK_HOSTS and APARTADO_WEBHOOK_SECRETS.')$$, 'then nobody sends it');
select tests.acts('olga', 'es');
select results_eq($$select last_error from apartado.list_webhooks('olga')$$,
  $$values ('Ningún servicio se ha hecho cargo: mira APARTADO_WEBHOOK_HOSTS y APARTADO_WEBHOOK_SECRETS.')$$, 'in the language of the person');
select from apartado.claim_webhooks();
select from w cross join lateral apartado.note_webhook(w.webhook_id, 1, 500);
select results_eq($$select failures, last_error from apartado.list_webhooks('olga')$$, $$values (1, 'HTTP 500')$$, 'what was tried says what came of it');
select tests.advance('2 seconds');
select from apartado.claim_webhooks();
select from w cross join lateral apartado.note_webhook(w.webhook_id, 1, 200);
select results_eq($$select behind, last_error from apartado.list_webhooks('olga')$$, $$values (0::bigint, null::text)$$, 'what has nothing to send is well');
select from w cross join lateral apartado.change_webhook('olga', w.webhook_id, p_paused => true);
select apartado._number_events();
select tests.advance('1 hour');
select results_eq($$select behind, last_error from apartado.list_webhooks('olga')$$, $$values (1::bigint, null::text)$$, 'what is paused waits for nobody');
