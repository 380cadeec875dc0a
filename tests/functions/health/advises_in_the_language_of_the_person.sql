select plan(4);
select tests.operator('olga');
update apartado.jobs set wanted_since = '-infinity';
select matches(h.advice, '^Look at list_jobs', 'English') from apartado.health('olga') h where h.name = 'late_jobs';
select set_config('apartado.language', 'es', true);
select matches(h.advice, '^Mira list_jobs', 'español') from apartado.health('olga') h where h.name = 'late_jobs';
select is(
  (select count(*) from (select name from apartado._work_measures() union all select name from apartado._storage_measures()) m
    where apartado._advice(m.name) is null), 0::bigint, 'every measure has its advice');
select is(
  (select count(*) from unnest(array['numbering_search', 'dead_rows', 'transaction_ids_used']) m
    where apartado._advice(m) !~ 'pg_prepared_xacts'), 0::bigint, 'a transaction that was prepared is in no pg_stat_activity');
