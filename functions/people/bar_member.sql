-- bar_member: let a member do nothing any more, with the reason.
--
-- Gives   since when they are barred; reservations and entries: how many of theirs ended; promoted: how many were served because of it
-- Raises  RS103 no such member · RS205 no reason · RS312 they are barred, or it is the operator who calls
-- Locks   the operator's member row and the member's, by id; with p_end the member's turn, carts and lines in front of locations; then the stock rows where they hold
--         or wait and the wishes there, by id
-- Tells   member.changed with the reason, to them and to operators; with p_end walk_in.left, reservation.revoked and queue.removed for each of theirs
-- Notes   every command and sign-in of theirs is RS604 from then on, with the reason. Their places are skipped and keep their order, what they hold is theirs
--         until its deadline; with p_end both end at once
create or replace function apartado.bar_member(
  p_actor           text,
  p_alias           text,
  p_reason          text,
  p_end             boolean default false,
  p_idempotency_key text default null,
  out alias         text,
  out barred_at     timestamptz,
  out reservations  integer,
  out entries       integer,
  out promoted      integer
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor, p_alias);
  v_request jsonb := jsonb_build_array(p_alias, p_reason, p_end);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'bar_member', v_request);
  v_member  apartado.members;
begin
  if v_answer is not null then
    select * into alias, barred_at, reservations, entries, promoted
      from jsonb_to_record(v_answer) as (alias text, barred_at timestamptz, reservations integer, entries integer, promoted integer);
    return;
  end if;
  perform apartado._check_reason(p_reason);
  select m.* into v_member from apartado.members m where m.alias = apartado._canonical_alias(p_alias);
  if v_member.member_id is null then
    perform apartado._refuse('RS103', 'alias', jsonb_build_object('alias', left(p_alias, 100)));
  elsif v_member.alias = v_owner then
    perform apartado._refuse('RS312/oneself', 'alias', jsonb_build_object('alias', v_member.alias));
  elsif v_member.barred_at is not null then
    perform apartado._refuse('RS312/barred', 'alias', jsonb_build_object('alias', v_member.alias, 'barred_at', apartado._utc(v_member.barred_at)));
  end if;

  reservations := 0;
  entries := 0;
  promoted := 0;
  if p_end then
    select e.reservations, e.entries, e.promoted
      into reservations, entries, promoted
      from apartado._end_holdings(v_member.member_id, p_reason) e;
  end if;
  perform apartado._say_why(p_reason);
  update apartado.members m
     set barred_at = apartado.clock(), barred_reason = p_reason
   where m.member_id = v_member.member_id
  returning m.alias, m.barred_at into alias, barred_at;
  perform apartado._say_why(null);
  promoted := promoted + apartado._serve_where_waiting(v_member.member_id);

  perform apartado._remember(v_owner, p_idempotency_key, 'bar_member', v_request, jsonb_build_object(
    'alias', alias, 'barred_at', barred_at, 'reservations', reservations, 'entries', entries, 'promoted', promoted));
end;
$$;

comment on function apartado.bar_member(text, text, text, boolean, text) is 'Let a member do nothing any more, with the reason. Example: select * from apartado.bar_member(null, ''ben'', ''resells what is set aside'', p_end => true)';

grant execute on function apartado.bar_member to apartado_api, apartado_operator;
