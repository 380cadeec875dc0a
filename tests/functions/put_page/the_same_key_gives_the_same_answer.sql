select plan(3);
select tests.operator('olga');
create temporary table first as select * from apartado.put_page('olga', 'about', 'legal', p_idempotency_key => 'k');
select from apartado.put_page('olga', 'about', 'story');
select results_eq($$select * from apartado.put_page('olga', 'about', 'legal', p_idempotency_key => 'k')$$, 'select * from first', 'again');
select is(type, 'story', 'and nothing was done') from apartado.pages;
select tests.refuses($$select * from apartado.put_page('olga', 'about', 'story', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'another under the key');
