select plan(3);
select tests.members('ana');
create temporary table first as select * from apartado.link_identity('ana', 'https://login.example', 's-1', 'k');
create temporary table before as select tests.state();
select results_eq($$select a::text from apartado.link_identity('ana', 'https://login.example', 's-1', 'k') a$$, 'select f::text from first f', 'every column');
select results_eq('select tests.state()', 'select * from before', 'and nothing is linked again');
select tests.refuses($$select * from apartado.link_identity('ana', 'https://login.example', 's-2', 'k')$$, 'RS310', 'idempotency_key', 'another request');
