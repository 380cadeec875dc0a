-- forget_old_keys: drop remembered answers of more than 24 hours, counts of more than an hour, and pairing codes that nobody
--   used in time.
--
-- Gives   answers: remembered answers of more than 24 hours · attempts: counts of windows long past, and
--         with them the hashes of addresses; of each so many at a time, so that no run is long
-- Raises  RS204 p_limit outside 1 .. 100000
-- Locks   all of them without waiting: what somebody is at is forgotten by the next run
create or replace function apartado.forget_old_keys(
  p_limit      integer default 20000,
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
  perform apartado._check_limit(p_limit, 100000);
  with old as materialized (
    select k.owner, k.key
      from apartado.idempotency_keys k
     where k.created_at <= v_now - apartado._key_lifetime()
     limit p_limit
       for update of k skip locked
  )
  delete from apartado.idempotency_keys k using old o where k.owner = o.owner and k.key = o.key;
  get diagnostics answers = row_count;

  with old as materialized (
    select a.kind, a.subject
      from apartado.attempts a
     where a.window_started_at <= v_now - interval '1 hour'
     limit p_limit
       for update of a skip locked
  )
  delete from apartado.attempts a using old o where a.kind = o.kind and a.subject = o.subject;
  get diagnostics attempts = row_count;

  with old as materialized (
    select c.member_id from apartado.pairing_codes c where c.expires_at <= v_now for update of c skip locked
  )
  delete from apartado.pairing_codes c using old o where c.member_id = o.member_id;
end;
$$;

comment on function apartado.forget_old_keys(integer) is 'Drop remembered answers of more than 24 hours, counts of more than an hour, and pairing codes that nobody used in time. Example: select * from apartado.forget_old_keys()';

grant execute on function apartado.forget_old_keys to apartado_operator, apartado_jobs;
