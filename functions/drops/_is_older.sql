-- _is_older: whether a row was written by a transaction that began to write before this one.
--
-- Gives   true for the xmin of what others committed; false for what this transaction wrote, also within a savepoint
-- Notes   a function of its own because tests, which are one transaction, put another one in its place
create or replace function apartado._is_older(p_written_by xid)
  returns boolean
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select age(p_written_by) > 0;
$$;

comment on function apartado._is_older(xid) is 'Whether a row was written by a transaction that began to write before this one.';
