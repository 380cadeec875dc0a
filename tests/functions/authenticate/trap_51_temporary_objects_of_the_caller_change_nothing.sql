select plan(8);
-- here they are a superuser's, who may make them; the service may not even do that
select tests.members('ana'), tests.item('disc');
select is_empty($$
  select p.oid::regprocedure
    from pg_proc p
   where p.pronamespace = 'apartado'::regnamespace
     and p.prokind = 'f'
     and p.prosqlbody is null
     and not exists (select from unnest(p.proconfig) c where c = 'search_path=pg_catalog, pg_temp')
$$, 'every function looks into pg_catalog first and into pg_temp last, but for those whose names were looked up when they were made');

create function tests.outcome(p_sql pg_catalog.text) returns pg_catalog.text language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_found pg_catalog.text;
begin
  execute p_sql into v_found;
  return v_found;
exception
  when others then
    return sqlstate || ' ' || sqlerrm;
end;
$$;
create function tests.outcome_unpinned(p_sql pg_catalog.text) returns pg_catalog.text language plpgsql as $$
declare
  v_found pg_catalog.text;
begin
  execute p_sql into v_found;
  return v_found;
exception
  when others then
    return sqlstate || ' ' || sqlerrm;
end;
$$;
create function pg_temp.caught() returns pg_catalog.bool language plpgsql as $$
begin
  raise exception 'ran as %', current_user;
end;
$$;
grant execute on function pg_temp.caught() to public;
create function pg_temp.clock() returns timestamptz language sql as 'select timestamptz ''2099-01-01Z''';
create function pg_temp.clock_timestamp() returns timestamptz language sql as 'select timestamptz ''2099-01-01Z''';
create function pg_temp.lower(pg_catalog.text) returns pg_catalog.text language sql as 'select ''olga''::pg_catalog.text';
create temporary table members as select member_id, alias, secret_hash, true as is_operator, language, barred_at, created_at from apartado.members;
create temporary table stock as select * from apartado.stock;
update pg_temp.stock set available = 99;
create temporary table called (n pg_catalog.int4, it pg_catalog.text, wanted pg_catalog.text, name pg_catalog.text);
insert into called (n, it, wanted, name) values
  (1, 'select ''x''::text', 'P0001 ran as ' || session_user, 'the trap is armed: whoever looks into pg_temp first runs it'),
  (2, 'select is_operator from apartado.who_am_i(''ana'')', 'false', 'a temporary table makes nobody an operator'),
  (3, format('select buyer from apartado.mark_sold(''ana'', %s)', apartado.item_id('disc')), 'RS602 You may not do that.', 'nor lets her do an operator''s work'),
  (4, 'select alias from apartado.sign_in(''Ben'')', 'ben', 'a temporary domain or function is not taken for ours'),
  (5, format('select available from apartado.reserve(''ana'', %s)', apartado.item_id('disc')), '0', 'nor is a temporary stock sold'),
  (6, 'select apartado.clock() < ''2098-01-01Z''', 'true', 'nor does a temporary clock go');
create domain pg_temp.bigint as pg_catalog.int8 check (pg_temp.caught());
create domain pg_temp.text as pg_catalog.text check (pg_temp.caught());
update called set it = tests.outcome(it) where n between 2 and 5;
set local search_path = '';
update pg_temp.called set it = tests.outcome_unpinned(it) where n in (1, 6);
set local search_path = tap, tests;
drop domain pg_temp.text;
drop domain pg_temp.bigint;
select is(it, wanted, name) from called order by n;
select is(has_database_privilege('apartado_api', current_database(), 'temporary'), false, 'and the service may make no temporary objects at all');
