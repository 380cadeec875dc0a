-- refresh_statistics: make the statistics of tables anew that have more than doubled since they were made.
--
-- Gives   how many tables
-- Raises  RS601, RS602 called by a person who is no operator
-- Locks   each of the tables against VACUUM, ANALYZE and changes of its form; one that is locked so already is left to the next run
-- Notes   new statistics make sessions plan anew: plans cached while a table was small scan all of it when it is large. Autovacuum
--         does the same within one or two minutes, which is the whole of a drop. PostgreSQL's own counts lag by a second
create or replace function apartado.refresh_statistics()
  returns integer
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  -- below this a sequential scan costs nothing
  c_few   constant integer := 200;
  v_table regclass;
  v_count integer := 0;
begin
  perform apartado._require_operator_or_role();

  for v_table in
    select c.oid::regclass
      from pg_class c
      join pg_stat_user_tables t on t.relid = c.oid
     where c.relnamespace = 'apartado'::regnamespace
       and t.n_live_tup > c_few
       and t.n_live_tup > 2 * greatest(c.reltuples, 0)
       and t.n_mod_since_analyze > c_few / 2
     order by c.relname
  loop
    execute format('analyze (skip_locked) %s', v_table);
    v_count := v_count + 1;
  end loop;

  return v_count;
end;
$$;

comment on function apartado.refresh_statistics() is 'Make the statistics of tables anew that have more than doubled since they were made. Example: select apartado.refresh_statistics()';

grant execute on function apartado.refresh_statistics to apartado_jobs, apartado_operator;
