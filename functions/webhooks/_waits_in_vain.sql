-- _waits_in_vain: whether a webhook has had something to send for five minutes, and nobody is at it.
--
-- Notes   so where no service runs that may send. A message that failed and waits for its next try is not counted
create or replace function apartado._waits_in_vain(p_pos bigint, p_next_at timestamptz, p_paused_at timestamptz)
  returns boolean
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select p_paused_at is null
         and p_next_at <= apartado.clock()
         and coalesce((select e.at from apartado.events e where e.pos > p_pos order by e.pos limit 1) < apartado.clock() - interval '5 minutes', false);
$$;

comment on function apartado._waits_in_vain(bigint, timestamptz, timestamptz) is 'Whether a webhook has had something to send for five minutes, and nobody is at it.';
