-- authenticate: whose token this is, for the rest of the transaction.
--
-- Gives   one row: alias, is_operator, language, session_id; for no token the anonymous row: no alias, no session
-- Raises  RS604 barred · RS601 unknown, expired or signed-out token
-- Locks   the session row, at most once in five minutes and never waiting
-- Notes   volatile and one row or an error: beside a function that takes its alias as an argument
--         the planner cannot skip it. p_language speaks for visitors without a session.
--         That a session has ended is told to who brings its token, which nobody guesses; one that was rotated is unknown.
--         A generic plan: both look-ups go by a unique key, and planning for each deadline was half of the cost.
create or replace function apartado.authenticate(
  p_token        text,
  p_language     text default null,
  out alias      text,
  out is_operator boolean,
  out language   text,
  out session_id bigint
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  v_now           timestamptz := apartado.clock();
  v_seen          timestamptz;
  v_barred_at     timestamptz;
  v_barred_reason text;
begin
  if p_token is null then
    language := case when p_language = 'es' then 'es' else 'en' end;
    is_operator := false;
    -- null stays null: sign_in asks whether they said it
    perform apartado._act_as('anonymous', null, case when p_language is not null then language end);
    return;
  end if;

  select m.alias, m.is_operator, s.language, s.session_id, s.last_seen_at, m.barred_at, m.barred_reason
    into alias, is_operator, language, session_id, v_seen, v_barred_at, v_barred_reason
    from apartado.sessions s
    join apartado.members m on m.member_id = s.member_id
   where s.token_hash = apartado._hash(p_token)
     and s.ended_at is null
     and s.expires_at > v_now;

  if session_id is null then
    perform apartado._act_as('anonymous', null, p_language);
    perform apartado._refuse(
      case when exists (select from apartado.sessions s where s.token_hash = apartado._hash(p_token)) then 'RS601/ended' else 'RS601' end, 'token');
  end if;

  perform apartado._act_as(alias, session_id, language);
  if v_barred_at is not null then
    perform apartado._refuse_barred(v_barred_at, v_barred_reason, 'token');
  end if;

  if v_seen < v_now - apartado._seen_again_after() and current_setting('transaction_read_only') = 'off' then
    perform apartado._note_seen(array[session_id], v_now);
  end if;
end;
$$;

comment on function apartado.authenticate(text, text) is 'Whose token this is, for the rest of the transaction. A bad token raises, no token is the anonymous visitor. Example: select * from apartado.authenticate(''the token that sign_in gave'')';

grant execute on function apartado.authenticate to apartado_api;
