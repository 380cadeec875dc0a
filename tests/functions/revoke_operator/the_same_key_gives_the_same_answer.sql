select plan(2);
select tests.operator('olga');
select from apartado.revoke_operator(null, 'olga', 'k');
select from apartado.grant_operator(null, 'olga');
select is((alias, is_operator), ('olga'::text, false), 'the answer of then') from apartado.revoke_operator(null, 'olga', 'k');
select is((select is_operator from apartado.members), true, 'and nothing is done');
