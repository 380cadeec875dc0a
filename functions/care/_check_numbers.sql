-- _check_numbers: no number is given twice.
--
-- Gives   a row for each breach, as check_consistency
-- Notes   neither logical replication nor a restore of data alone sets the sequences. The first writes there would fail with
--         duplicate keys, or get numbers of events that were purged
create or replace function apartado._check_numbers()
  returns table (
    rule     text,
    subject  text,
    found    text,
    expected text,
    repair   text
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_column  record;
  v_highest bigint;
begin
  for v_column in
    select c.relname, a.attname, i.sequence, coalesce(q.last_value, 0) as given
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attidentity <> '' and not a.attisdropped
     cross join lateral pg_get_serial_sequence(c.oid::regclass::text, a.attname) i (sequence)
      join pg_sequences q on format('%I.%I', q.schemaname, q.sequencename) = i.sequence
     where c.relnamespace = 'apartado'::regnamespace
     order by c.relname
  loop
    execute format('select max(%I) from apartado.%I', v_column.attname, v_column.relname) into v_highest;
    if v_highest > v_column.given then
      return query
      select 'no number is given twice', format('%s.%s', v_column.relname, v_column.attname), format('%s were given', v_column.given),
             format('%s or more', v_highest), format('select setval(%L, %s)', v_column.sequence, v_highest);
    end if;
  end loop;
end;
$$;

comment on function apartado._check_numbers() is 'No number is given twice.';
