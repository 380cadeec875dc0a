-- forget_old_keys: drop remembered answers of more than 24 hours, counts of more than an hour, and pairing codes that nobody
--   used in time.
--
-- Gives   answers: remembered answers of more than 24 hours · attempts: counts of windows long past, and
--         with them the hashes of addresses
create or replace function apartado.forget_old_keys(
  out answers  bigint,
  out attempts bigint
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_now timestamptz := apartado.clock();
begin
  delete from apartado.idempotency_keys k where k.created_at <= v_now - interval '24 hours';
  get diagnostics answers = row_count;

  delete from apartado.attempts a where a.window_started_at <= v_now - interval '1 hour';
  get diagnostics attempts = row_count;

  delete from apartado.pairing_codes c where c.expires_at <= v_now;
end;
$$;

comment on function apartado.forget_old_keys() is 'Drop remembered answers of more than 24 hours, counts of more than an hour, and pairing codes that nobody used in time. Example: select * from apartado.forget_old_keys()';

grant execute on function apartado.forget_old_keys to apartado_operator, apartado_jobs;
