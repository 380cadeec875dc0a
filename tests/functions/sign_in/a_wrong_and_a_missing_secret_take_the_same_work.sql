select plan(4);
-- work is counted, not time: calls of functions, looks at tables, rows written. Whoever skips the hash, or writes before it refuses, is seen
select tests.members('ana');
set local track_functions = 'all';
set local plan_cache_mode = force_generic_plan;
create function tests.work() returns jsonb language sql as $$
  select coalesce(jsonb_object_agg(f.funcname, f.calls), '{}') from pg_stat_xact_user_functions f where f.schemaname = 'apartado'
$$;
create function tests.looks() returns jsonb language sql as $$
  select jsonb_object_agg(t.relname, array[t.seq_scan + coalesce(t.idx_scan, 0), t.n_tup_ins + t.n_tup_upd + t.n_tup_del]) from pg_stat_xact_user_tables t where t.schemaname = 'apartado'
$$;
create function tests.work_of(p_alias text, p_secret text) returns text language plpgsql as $$
declare
  v_work  jsonb := tests.work();
  v_looks jsonb := tests.looks();
begin
  begin
    perform from apartado.sign_in(p_alias, p_secret);
    return 'signed in';
  exception
    when sqlstate 'RS601' or sqlstate 'RS603' then
      null;
  end;
  return (select string_agg(format('%s %s', w.key, w.value::bigint - coalesce((v_work ->> w.key)::bigint, 0)), ', ' order by w.key)
            from jsonb_each_text(tests.work()) w where w.value <> coalesce(v_work ->> w.key, ''))
         || '; ' || (select string_agg(format('%s %s %s', l.key, (l.value ->> 0)::bigint - (v_looks -> l.key ->> 0)::bigint, (l.value ->> 1)::bigint - (v_looks -> l.key ->> 1)::bigint), ', ' order by l.key)
               from jsonb_each(tests.looks()) l where l.value <> v_looks -> l.key);
end;
$$;
-- the first call is planned, which calls functions, too
create temporary table planned as select tests.work_of('ana', 'guess');
create temporary table done as
  select row_number() over () as n, r, a, s, null::text as work from unnest('{open,closed}'::text[]) r, unnest('{ana,zoe}'::text[]) a, unnest(array[null, 'short', repeat('s', 64), repeat('s', 5000)]) s
   where a = 'ana' or r = 'closed' and s is not null;
update done set work = tests.work_of(a, s) where r = 'open';
update apartado.settings set registration = 'closed';
update done set work = tests.work_of(a, s) where r = 'closed';
select is((select count(distinct work) from done where r = 'open'), 1::bigint, (select 'open: ' || string_agg(distinct work, ' or ') from done where r = 'open'));
select matches((select work from done where r = 'open' limit 1), '_hash 1,.*_secret 1,.*; members 1 0, messages 1 0, settings 1 0$', 'the hash is made, the member looked for, nothing written');
select is((select count(distinct work) from done where r = 'closed' and s is not null), 1::bigint, (select 'closed, her alias or one that nobody has: ' || string_agg(distinct work, ' or ') from done where r = 'closed' and s is not null));
select matches((select work from done where r = 'closed' limit 1), '_hash 1,', 'here, too');
