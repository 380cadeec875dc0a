select plan(3);
select tests.operator('olga');
create temporary table first as select * from apartado.put_media('olga', p_url => 'https://dam.example/a', p_type => 'image', p_idempotency_key => 'k');
select results_eq($$select * from apartado.put_media('olga', p_url => 'https://dam.example/a', p_type => 'image', p_idempotency_key => 'k')$$, 'select * from first', 'again');
select is(count(*), 1::bigint, 'there is one') from apartado.media;
select tests.refuses($$select * from apartado.put_media('olga', p_url => 'https://dam.example/b', p_type => 'image', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'another under the key');
