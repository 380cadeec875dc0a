select plan(4);
select tests.members('ana', 'ben');
select from apartado.grant_operator(null, 'ana', 'k');
select from apartado.revoke_operator(null, 'ana');
select is((alias, is_operator), ('ana'::text, true), 'the answer of then') from apartado.grant_operator(null, 'ana', 'k');
select is((select count(*) from apartado.members where is_operator), 0::bigint, 'and nothing is done');
select tests.refuses($$select * from apartado.grant_operator(null, 'ben', 'k')$$, 'RS310', 'idempotency_key', 'another request');
select tests.refuses($$select * from apartado.revoke_operator(null, 'ana', 'k')$$, 'RS310', 'idempotency_key', 'another function');
