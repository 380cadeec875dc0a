select plan(6);
select is(apartado._attempt_subject('sign_in', ' Ana '), 'ana', 'an alias in its one form');
select is(length(apartado._attempt_subject('sign_in', repeat('a', 5000))), 100, 'or its beginning');
select is(apartado._attempt_subject('pair', 'k7q2 9xmb'), apartado._attempt_subject('pair', 'K7Q2-9XMB'), 'a code in its one form');
select is(count(distinct apartado._attempt_subject('pair', n::text)), 4096::bigint, 'whatever is sent falls into one of 4,096 groups') from generate_series(1, 100000) n;
select is(array_agg(apartado._attempt_subject(k, null)), '{"",""}', 'nothing') from unnest('{sign_in,pair}'::text[]) k;
select matches(apartado._attempt_subject('pair', repeat('é', 1000)), '^[0-9a-f]{3}$', 'nonsense');
