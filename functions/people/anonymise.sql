-- anonymise: take a member's name out of everything; what they did stays, under an alias that says nothing.
--
-- Gives   alias: what they are called from now on; reservations and entries: how many of theirs ended; events: in how many of the ledger
--         they were named as who did it; promoted: how many of those who waited were served
-- Raises  RS103 no such member · RS205 no reason · RS312 it was done already, it is the operator who calls, or
--         not at READ COMMITTED: a snapshot does not see what they did, or how they signed in, while this waited
-- Locks   the member's sessions by id, the member row and the operator's by id, turn, carts and lines in front of locations, then the stock rows where they
--         hold or wait and the wishes there, by id, and media that hang at them
-- Tells   walk_in.left, reservation.revoked, queue.removed, member.signed_out, media.deleted, media.unlinked, and member.changed with
--         the reason
-- Notes   their sessions, codes, identities, remembered answers, profile and media go, and nobody can sign in as them again. Rows of
--         reservations, places, purchases and events stay, so that figures, limits of drops and the stream are what they were. The old
--         alias is free: to keep it from others would be to keep it. Reasons, notes and references are words of the shop, and stay. What
--         somebody else was answered under an idempotency key keeps the name until it is forgotten, after 24 hours
create or replace function apartado.anonymise(
  p_actor           text,
  p_alias           text,
  p_reason          text,
  p_idempotency_key text default null,
  out alias         text,
  out reservations  integer,
  out entries       integer,
  out events        bigint,
  out promoted      integer
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._operator(p_actor);
  v_request jsonb := jsonb_build_array(p_alias, p_reason);
  v_answer  jsonb;
  v_member  apartado.members;
begin
  perform from apartado.sessions s
    where s.member_id = (select m.member_id from apartado.members m where m.alias = apartado._canonical_alias(p_alias))
    order by s.session_id for no key update;
  perform apartado._acting_operator(p_actor, p_alias);
  v_answer := apartado._recall(v_owner, p_idempotency_key, 'anonymise', v_request);
  if v_answer is not null then
    select * into alias, reservations, entries, events, promoted
      from jsonb_to_record(v_answer) as (alias text, reservations integer, entries integer, events bigint, promoted integer);
    return;
  end if;
  perform apartado._check_reason(p_reason);
  perform apartado._check_isolation('alias');
  select m.* into v_member from apartado.members m where m.alias = apartado._canonical_alias(p_alias);
  if v_member.member_id is null then
    perform apartado._refuse('RS103', 'alias', jsonb_build_object('alias', left(p_alias, 100)));
  elsif v_member.alias = v_owner then
    perform apartado._refuse('RS312/oneself', 'alias', jsonb_build_object('alias', v_member.alias));
  elsif v_member.anonymised_at is not null then
    perform apartado._refuse('RS312/nameless', 'alias', jsonb_build_object('alias', v_member.alias));
  end if;

  select e.reservations, e.entries, e.promoted
    into reservations, entries, promoted
    from apartado._end_holdings(v_member.member_id, p_reason) e;
  alias := 'gone-' || substr(apartado._secret(), 1, 12);
  perform apartado._say_why(p_reason);
  perform apartado._take_name(v_member, alias, apartado.clock());
  perform apartado._say_why(null);
  events := apartado._take_name_from_ledger(v_member.alias, alias);

  perform apartado._remember(v_owner, p_idempotency_key, 'anonymise', v_request, jsonb_build_object(
    'alias', alias, 'reservations', reservations, 'entries', entries, 'events', events, 'promoted', promoted));
end;
$$;

comment on function apartado.anonymise(text, text, text, text) is 'Take a member''s name out of everything; what they did stays, under an alias that says nothing. Example: select * from apartado.anonymise(null, ''cai'', ''asked us to forget them'')';

grant execute on function apartado.anonymise to apartado_api, apartado_operator;
