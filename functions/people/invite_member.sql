-- invite_member: get a code with which one person may become a member, once, where registration is by invitation.
--
-- Gives   invitation: 16 characters, shown now and never again; expires_at, server_time
-- Raises  RS203 a time that is not positive, or longer than 30 days · RS205 a reason that is blank or of more than 500
--         characters
-- Tells   member.invited with the reason, to operators, through triggers/invitations.sql
-- Notes   80 random bits: nobody guesses it, and tries are counted with the sign-ins that bring it
create or replace function apartado.invite_member(
  p_actor         text,
  p_ttl           interval default '168 hours',
  p_reason        text default null,
  out invitation  text,
  out expires_at  timestamptz,
  out server_time timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  perform apartado._acting_operator(p_actor);
  if p_ttl is null or p_ttl <= interval '0' or p_ttl > interval '720 hours' then
    perform apartado._refuse('RS203', 'ttl', jsonb_build_object('longest', 'PT720H'));
  end if;

  invitation := apartado._code(16);
  server_time := apartado.clock();
  -- as seconds, because a month may have 31 days, and a day 25 hours
  expires_at := server_time + make_interval(secs => extract(epoch from p_ttl));
  perform apartado._say_why(p_reason);
  insert into apartado.invitations (code_hash, created_at, expires_at)
  values (apartado._hash(invitation), invite_member.server_time, invite_member.expires_at);
  perform apartado._say_why(null);
end;
$$;

comment on function apartado.invite_member(text, interval, text) is 'Get a code with which one person may become a member, once, where registration is by invitation. Example: select * from apartado.invite_member(null, p_ttl => ''2 hours'', p_reason => ''asked at the counter'')';

grant execute on function apartado.invite_member to apartado_api, apartado_operator;
