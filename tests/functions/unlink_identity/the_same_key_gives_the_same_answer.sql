select plan(3);
select tests.members('ana'), tests.operator('olga');
select from apartado.link_identity('ana', 'i', 's');
create temporary table first as select * from apartado.unlink_identity('olga', 'ana', 'i', 's', 'r', 'k');
select from apartado.link_identity('ana', 'i', 's');
select results_eq($$select u::text from apartado.unlink_identity('olga', 'ana', 'i', 's', 'r', 'k') u$$, 'select f::text from first f', 'every column');
select is((select count(*) from apartado.identities), 1::bigint, 'and nothing is taken away again');
select tests.refuses($$select * from apartado.unlink_identity('olga', 'ana', 'i', 's', 'because', 'k')$$, 'RS310', 'idempotency_key', 'another request');
