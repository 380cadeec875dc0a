select plan(3);
select from apartado.sign_in('ana', repeat('s', 32));
select from apartado.sign_in('ana', repeat('s', 32));
create temporary table answer as select a::text from apartado.revoke_session('ana', (select max(session_id) from apartado.sessions), 'k') a;
select is((select a::text from apartado.revoke_session('ana', (select max(session_id) from apartado.sessions), 'k') a), (select a from answer), 'the same request');
select tests.refuses($$select * from apartado.revoke_session('ana', (select min(session_id) from apartado.sessions), 'k')$$, 'RS310', 'idempotency_key', 'another one');
select is((select count(*) from apartado.sessions where ended_at is null), 1::bigint, 'ended one');
