select plan(4);
select tests.operator('olga');
create temporary table h as select w.webhook_id as id from unnest(array['in', 'more']) n cross join lateral apartado.create_webhook('olga', 'https://shop.example/' || n) w;
select tests.refuses($$select * from apartado.delete_webhook('olga', (select min(id) from h), p_reason => ' ')$$, 'RS205', 'reason');
select from apartado.delete_webhook('olga', (select min(id) from h), 'k', 'the till is gone');
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'webhook.deleted the till is gone', 'it is told with the reason');
select tests.refuses($$select * from apartado.delete_webhook('olga', (select min(id) from h), 'k')$$, 'RS310', 'idempotency_key', 'without the reason it is another request');
update apartado.locations set name = 'Elsewhere' where code = 'main';
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'location.changed', 'what comes after in the same transaction has not the same reason');
