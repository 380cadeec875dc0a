-- link_identity: link the subject of another login to a member.
--
-- Gives   the link; doing it twice gives the same
-- Raises  RS103 no such member · RS205 issuer or subject missing, or too long (300, 255 characters)
--         RS312 the subject is linked to somebody else; it does not say to whom
-- Locks   the member row
-- Tells   member.linked, through triggers/identities.sql: the issuer, not the subject
-- Notes   whoever calls it vouches for the subject. Over HTTP that is the service: it takes a token, verifies it, and fills in
--         issuer and subject, as it fills in the member. Issuer and subject are compared as they are.
create or replace function apartado.link_identity(
  p_member          text,
  p_issuer          text,
  p_subject         text,
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
  v_member_id bigint := apartado._member_id(p_member);
  v_owner     text := apartado._canonical_alias(p_member);
  v_request   jsonb := jsonb_build_array(p_issuer, p_subject);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'link_identity', v_request);
begin
  if v_answer is null then
    v_member_id := apartado._lock_member(p_member);
    perform apartado._check_identity(p_issuer, p_subject);

    insert into apartado.identities as i (issuer, subject, member_id, linked_at)
    values (p_issuer, p_subject, v_member_id, apartado.clock())
    on conflict (issuer, subject) do nothing;

    select jsonb_build_object('alias', m.alias, 'issuer', i.issuer, 'subject', i.subject, 'linked_at', i.linked_at)
      into v_answer
      from apartado.identities i
      join apartado.members m on m.member_id = i.member_id
     where i.issuer = p_issuer
       and i.subject = p_subject
       and i.member_id = v_member_id;
    if v_answer is null then
      perform apartado._refuse('RS312/linked', 'subject');
    end if;
    perform apartado._remember(v_owner, p_idempotency_key, 'link_identity', v_request, v_answer);
  end if;

  select * into alias, issuer, subject, linked_at
    from jsonb_to_record(v_answer) as (alias text, issuer text, subject text, linked_at timestamptz);
end;
$$;

comment on function apartado.link_identity(text, text, text, text) is 'Link the subject of another login to a member. Example: select * from apartado.link_identity(''ana'', ''https://login.example'', ''248289761001'')';

grant execute on function apartado.link_identity to apartado_api, apartado_operator;
