-- pair: begin a session with the code that another device of the same member shows.
--
-- Gives   what sign_in gives, for the member whose code it is; never a recovery secret
-- Raises  RS205 not a language, a p_device of fewer than 32 or more than 200 characters, or a device name that is too long
--         RS601 a wrong, used or expired code, or one whose session has ended · RS604 barred
-- Locks   the member row, shared: whoever changes the secret or takes the name meanwhile comes before or after; then the code's
--         row, so that of two who come with it at once one finds it used; with p_device what merge_carts locks
-- Tells   member.signed_in, through triggers/sessions.sql; cart.changed where p_device brings carts along
-- Notes   whoever offers this to strangers calls count_attempt first, in a transaction of its own. A success does not take
--         that count back: who has codes of their own would win guesses at those of others.
create or replace function apartado.pair(
  p_code          text,
  p_language      text default null,
  p_device_name   text default null,
  p_device        text default null,
  out alias       text,
  out token       text,
  out is_operator boolean,
  out language    text,
  out expires_at  timestamptz,
  out server_time timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_device_name text := apartado._read_device_name(p_device_name);
  v_hash        bytea := apartado._hash(apartado._canonical_code(p_code));
  v_member      apartado.members;
  v_is_good     boolean;
begin
  perform apartado._check_language(p_language);
  perform apartado._check_device(p_device);

  select m.*
    into v_member
    from apartado.members m
   where m.member_id = (select c.member_id from apartado.pairing_codes c where c.code_hash = v_hash)
     for share;
  server_time := apartado.clock();
  delete from apartado.pairing_codes c
   where c.code_hash = v_hash
     and c.member_id = v_member.member_id
  returning c.expires_at > pair.server_time
            and (c.session_id is null
                 or exists (select from apartado.sessions s
                             where s.session_id = c.session_id and s.ended_at is null and s.expires_at > pair.server_time))
       into v_is_good;
  if v_is_good is not true then
    perform apartado._refuse('RS601/code', 'code');
  end if;
  perform apartado._refuse_barred(v_member.barred_at, v_member.barred_reason, 'code');

  alias := v_member.alias;
  is_operator := v_member.is_operator;
  select b.token, b.language, b.expires_at
    into token, language, expires_at
    from apartado._begin_session(v_member.member_id, p_language, server_time, v_device_name, p_device) b;
end;
$$;

comment on function apartado.pair(text, text, text, text) is 'Begin a session with the code that another device of the same member shows. Example: select * from apartado.pair(''7KQ2M9XB'')';

grant execute on function apartado.pair to apartado_api, apartado_operator;
