-- unbar_member: let a member act again, with the reason.
--
-- Gives   the alias; promoted: how many were served because their places count again
-- Raises  RS103 no such member · RS205 no reason · RS312 they are not barred, or their name was taken out of everything
-- Locks   the member row, then the stock rows where they wait and the wishes there, by id
-- Tells   member.changed with the reason, to them and to operators; what follows when people are served
-- Notes   their places could not be served until now, and so who was served meanwhile has not passed them
create or replace function apartado.unbar_member(
  p_actor           text,
  p_alias           text,
  p_reason          text,
  p_idempotency_key text default null,
  out alias         text,
  out promoted      integer
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner     text := apartado._acting_operator(p_actor, p_alias);
  v_request   jsonb := jsonb_build_array(p_alias, p_reason);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'unbar_member', v_request);
  v_member_id bigint;
  v_now       timestamptz;
begin
  if v_answer is not null then
    select * into alias, promoted from jsonb_to_record(v_answer) as (alias text, promoted integer);
    return;
  end if;
  perform apartado._check_reason(p_reason);
  v_member_id := (select m.member_id from apartado.members m where m.alias = apartado._canonical_alias(p_alias));
  if v_member_id is null then
    perform apartado._refuse('RS103', 'alias', jsonb_build_object('alias', left(p_alias, 100)));
  end if;

  perform apartado._say_why(p_reason);
  update apartado.members m
     set barred_at = null, barred_reason = null
   where m.member_id = v_member_id
     and m.barred_at is not null
     and m.anonymised_at is null
  returning m.alias into alias;
  perform apartado._say_why(null);
  if alias is null then
    perform apartado._refuse('RS312/not_barred', 'alias', jsonb_build_object('alias', left(p_alias, 100)));
  end if;

  -- the stock rows where they wait are locked and bumped by now: triggers/members.sql did it when this unbarred the member
  v_now := apartado.clock();
  update apartado.queue_entries q
     set waiting_since = apartado._after_served(q.stock_id, v_now)
   where q.member_id = v_member_id
     and q.status = 'waiting';
  promoted := apartado._serve_where_waiting(v_member_id);

  perform apartado._remember(v_owner, p_idempotency_key, 'unbar_member', v_request, jsonb_build_object(
    'alias', alias, 'promoted', promoted));
end;
$$;

comment on function apartado.unbar_member(text, text, text, text) is 'Let a member act again, with the reason. Example: select * from apartado.unbar_member(null, ''ben'', ''we talked'')';

grant execute on function apartado.unbar_member to apartado_api, apartado_operator;
