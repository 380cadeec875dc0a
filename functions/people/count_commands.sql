-- count_commands: counts commands of a session, before the last of them is run, in a statement of its own.
--
-- Gives   after how many commands of a session the service comes again: a twentieth of what may be given in a minute
-- Raises  RS204 a number outside 1 .. 1,000,000 · RS505 too many commands in a minute; the detail says how many seconds to wait
-- Locks   the row of the session's count
-- Notes   each service keeps fewer than that many of a session to itself, so with so many services the limit is kept to within
--         as many twentieths; a session that gives fewer commands is never written about. A token of no session is let
--         through: authenticate refuses it.
create or replace function apartado.count_commands(p_token text, p_commands integer, p_language text default null)
  returns integer
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_limit    integer := nullif((select s.command_limit from apartado.settings s), 0);
  v_session  bigint;
  v_language text;
  v_wait     integer;
begin
  select s.session_id, s.language
    into v_session, v_language
    from apartado.sessions s
   where s.token_hash = apartado._hash(p_token);
  perform apartado._act_as('anonymous', null, coalesce(v_language, p_language));

  if p_commands is null or p_commands not between 1 and 1000000 then
    perform apartado._refuse('RS204', 'commands', jsonb_build_object('smallest', 1, 'largest', 1000000));
  elsif v_session is not null and v_limit is not null then
    v_wait := apartado._count('command', v_session::text, p_commands, v_limit, interval '1 minute');
    if v_wait is not null then
      perform apartado._refuse('RS505', 'token', jsonb_build_object('retry_after', v_wait, 'commands_in_a_minute', v_limit));
    end if;
  end if;

  return greatest(1, coalesce(v_limit, 20000) / 20);
end;
$$;

comment on function apartado.count_commands(text, integer, text) is 'Counts commands of a session, before the last of them is run, in a statement of its own.';

grant execute on function apartado.count_commands to apartado_api;
