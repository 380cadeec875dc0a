-- unlink_identity: take the link of another login away from a member.
--
-- Gives   the link that there was
-- Raises  RS103 no such member · RS205 issuer or subject missing, or too long (300, 255 characters), or no reason · RS312 the member has
--         no such link
-- Locks   the operator's member row and the member's, by id
-- Tells   member.unlinked with the reason, to the member and to operators, through triggers/identities.sql: the issuer, not the subject
-- Notes   get_member shows the links. Who was signed in stays it: a session does not know which way it came. The subject is free
--         again; the member signs in with their secret, and may link it anew
create or replace function apartado.unlink_identity(
  p_actor           text,
  p_alias           text,
  p_issuer          text,
  p_subject         text,
  p_reason          text,
  p_idempotency_key text default null,
  out alias         text,
  out issuer        text,
  out subject       text,
  out linked_at     timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner     text := apartado._acting_operator(p_actor, p_alias);
  v_request   jsonb := jsonb_build_array(p_alias, p_issuer, p_subject, p_reason);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'unlink_identity', v_request);
  v_member_id bigint;
begin
  if v_answer is null then
    perform apartado._check_reason(p_reason);
    perform apartado._check_identity(p_issuer, p_subject);
    select m.member_id, m.alias into v_member_id, alias from apartado.members m where m.alias = apartado._canonical_alias(p_alias);
    if v_member_id is null then
      perform apartado._refuse('RS103', 'alias', jsonb_build_object('alias', left(p_alias, 100)));
    end if;

    perform apartado._say_why(p_reason);
    delete from apartado.identities i
     where i.issuer = p_issuer
       and i.subject = p_subject
       and i.member_id = v_member_id
    returning jsonb_build_object('alias', unlink_identity.alias, 'issuer', i.issuer, 'subject', i.subject, 'linked_at', i.linked_at)
         into v_answer;
    perform apartado._say_why(null);
    if v_answer is null then
      perform apartado._refuse('RS312/not_linked', 'subject', jsonb_build_object('alias', alias, 'issuer', p_issuer));
    end if;
    perform apartado._remember(v_owner, p_idempotency_key, 'unlink_identity', v_request, v_answer);
  end if;

  select * into alias, issuer, subject, linked_at
    from jsonb_to_record(v_answer) as (alias text, issuer text, subject text, linked_at timestamptz);
end;
$$;

comment on function apartado.unlink_identity(text, text, text, text, text, text) is 'Take the link of another login away from a member. Example: select * from apartado.unlink_identity(null, ''ana'', ''https://login.example'', ''248289761001'', ''their account there is closed'')';

grant execute on function apartado.unlink_identity to apartado_api, apartado_operator;
