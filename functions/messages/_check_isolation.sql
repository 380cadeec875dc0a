-- _check_isolation: whether the transaction sees what others committed while it waited.
--
-- Raises  RS312 above READ COMMITTED
-- Notes   for the few commands that would miss rows that others add without changing what both lock: 40001 does not come of that
create or replace function apartado._check_isolation(p_column text)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    perform apartado._refuse('RS312/isolation', p_column, jsonb_build_object('needs', 'read committed'));
  end if;
end;
$$;

comment on function apartado._check_isolation(text) is 'Whether the transaction sees what others committed while it waited.';
