-- forget_old_history: drop events and ended sessions that are older than the settings say.
--
-- Gives   how many events and sessions went
-- Raises  RS204 p_limit outside 1 .. 100000
-- Notes   the job; a batch each time, the oldest first, so that no run is long. purge is the same by hand
create or replace function apartado.forget_old_history(
  p_limit      integer default 20000,
  out events   bigint,
  out sessions bigint
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  if p_limit is null or p_limit not between 1 and 100000 then
    perform apartado._refuse('RS204', 'limit', jsonb_build_object('limit', p_limit, 'smallest', 1, 'largest', 100000));
  end if;
  select p.events, p.sessions
    into events, sessions
    from apartado.settings s
   cross join lateral apartado._purge(apartado.clock() - s.retention, p_limit) p;
end;
$$;

comment on function apartado.forget_old_history(integer) is 'Drop events and ended sessions that are older than the settings say. Example: select * from apartado.forget_old_history()';

grant execute on function apartado.forget_old_history to apartado_operator, apartado_jobs;
