select plan(3);
select tests.operator('olga');
create temporary table first as select * from apartado.create_webhook('olga', 'https://shop.example', p_idempotency_key => 'k');
select results_eq($$select * from apartado.create_webhook('olga', 'https://shop.example', p_idempotency_key => 'k')$$, 'select * from first', 'again');
select is(count(*), 1::bigint, 'there is one') from apartado.webhooks;
select tests.refuses($$select * from apartado.create_webhook('olga', 'https://other.example', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'another under the key');
