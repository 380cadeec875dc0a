select plan(4);
select tests.operator('olga');
select from apartado.create_webhook('olga', 'https://shop.example/in', p_idempotency_key => 'k', p_reason => 'for the new till');
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'webhook.created for the new till', 'it is told with the reason');
select tests.refuses($$select * from apartado.create_webhook('olga', 'https://shop.example/in', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'without the reason it is another request');
select tests.refuses($$select * from apartado.create_webhook('olga', 'https://shop.example/in', p_reason => ' ')$$, 'RS205', 'reason');
update apartado.locations set name = 'Elsewhere' where code = 'main';
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'location.changed', 'what comes after in the same transaction has not the same reason');
