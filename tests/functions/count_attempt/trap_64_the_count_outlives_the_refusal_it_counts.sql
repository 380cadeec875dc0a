select plan(3);
-- each statement here is what the service commits by itself; a savepoint stands for the transaction that is refused
select apartado.count_attempt('sign_in', 'ana');
select from apartado.sign_in('ana', repeat('s', 32));
select apartado.count_attempt('sign_in', 'ana');
select tests.refuses($$select * from apartado.sign_in('ana', 'wrong')$$, 'RS601/secret', 'secret', 'a wrong secret');
select is((select tries from apartado.attempts where subject = 'ana'), 1, 'is counted, because the count was made before');
select is((select count(*) from pg_proc p, regexp_matches(p.prosrc, 'count_attempt') m where p.oid::regproc::text in ('apartado.sign_in', 'apartado.claim_operator')), 0::bigint,
          'and not by the function that is refused');
