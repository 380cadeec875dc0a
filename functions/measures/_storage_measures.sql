-- _storage_measures: what the database itself runs short of, or promises less than it should.
--
-- Gives   a row for each measure: name, value, largest (that is well), unit
-- Notes   from PostgreSQL's own statistics; of the counters only those that changed last are compared with the second
--         book, for the full sums are check_consistency's
create or replace function apartado._storage_measures()
  returns table (
    name    text,
    value   bigint,
    largest bigint,
    unit    text
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  with latest as (
    select distinct e.stock_id
      from (select x.stock_id from apartado.events x order by x.event_id desc limit 1000) e
     where e.stock_id is not null
  )
  select m.name, m.value, m.largest, m.unit
    from (values
     ('counters_of_latest_changes', (
       select count(*)
         from latest l
         join apartado.stock s on s.stock_id = l.stock_id
         join apartado.stock_tallies t on t.stock_id = s.stock_id
        where (s.reserved, s.sold, s.queue_length) is distinct from (t.reserved, t.sold, t.queue_length)), 0, 'rows'),
     ('numbers_used', (
       select max(100 * q.last_value / q.max_value)::bigint from pg_sequences q where q.schemaname = 'apartado'), 50, 'percent'),
     ('transaction_ids_used', (
       select age(d.datfrozenxid)::bigint * 100 / 2147483647 from pg_database d where d.datname = current_database()), 50, 'percent'),
     ('dead_rows', (
       select max(100 * t.n_dead_tup / (t.n_dead_tup + t.n_live_tup))
         from pg_stat_user_tables t
        where t.schemaname = 'apartado' and t.n_dead_tup > 50000), 50, 'percent'),
     ('durability_switched_off', (
       select count(*)
         from unnest('{fsync,full_page_writes,synchronous_commit}'::text[]) u (setting)
        where current_setting(u.setting) = 'off'), 0, 'settings')
    ) m (name, value, largest, unit);
$$;

comment on function apartado._storage_measures() is 'What the database itself runs short of, or promises less than it should.';
