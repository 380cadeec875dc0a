-- forget_old_history: drop events, ended sessions and carts of devices that are older than the settings say, and remembered answers.
--
-- Gives   how many events and sessions went; with them go pairing codes, carts of devices that nobody came back to, and remembered
--         answers of more than 24 hours; remaining: call again, there may be more
-- Raises  RS204 p_limit outside 1 .. 100000
-- Tells   settings.changed, to operators, where events went
-- Notes   the job. Of each a batch at a time, so that no run is long. purge is the same by hand
create or replace function apartado.forget_old_history(
  p_limit       integer default 20000,
  out events    bigint,
  out sessions  bigint,
  out remaining boolean
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  perform apartado._check_limit(p_limit, 100000);
  select p.events, p.sessions, p.remaining
    into events, sessions, remaining
    from apartado.settings s
   cross join lateral apartado._purge(apartado.clock() - s.retention, p_limit) p;
end;
$$;

comment on function apartado.forget_old_history(integer) is 'Drop events, ended sessions and carts of devices that are older than the settings say, and remembered answers. Example: select * from apartado.forget_old_history()';

grant execute on function apartado.forget_old_history to apartado_operator, apartado_jobs;
