-- sign_in_with_identity: begin a session as the member to whom the subject of another login is linked.
--
-- Gives   what sign_in gives; for a subject that is linked to nobody, and brings an alias that nobody has, a new member with
--         their recovery secret, shown this once
-- Raises  RS201 not an alias · RS205 issuer or subject missing or too long, not a language, a p_device of fewer than 32 or more
--         than 200 characters, or a device name that is too long · RS312 two came at once with this subject · RS601 the subject is linked to nobody and brings no alias, or one
--         that somebody has · RS603 registration is closed, or it takes an invitation and this is none · RS604 barred
-- Locks   the alias of somebody new, the subject; the member row, then the link, shared; with p_device what merge_carts locks
-- Tells   member.signed_in, member.linked for somebody new, through triggers; cart.changed where p_device brings carts along
-- Notes   whoever calls it vouches for the subject: the service has verified a token, and fills in what it says. p_alias is for
--         a subject that is new. Who has an alias already signs in with its secret, and then links the subject.
create or replace function apartado.sign_in_with_identity(
  p_issuer            text,
  p_subject           text,
  p_alias             text default null,
  p_language          text default null,
  p_device_name       text default null,
  p_invitation        text default null,
  p_device            text default null,
  out alias           text,
  out token           text,
  out recovery_secret text,
  out is_operator     boolean,
  out language        text,
  out expires_at      timestamptz,
  out server_time     timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_device_name text := apartado._read_device_name(p_device_name);
  v_member      apartado.members;
  v_member_id   bigint;
begin
  perform apartado._check_identity(p_issuer, p_subject);
  perform apartado._check_language(p_language);
  perform apartado._check_device(p_device);

  server_time := apartado.clock();
  select i.member_id into v_member_id from apartado.identities i where i.issuer = p_issuer and i.subject = p_subject;
  if v_member_id is null then
    if p_alias is null then
      perform apartado._refuse('RS601/subject', 'subject');
    elsif not apartado._admits(p_invitation, server_time) then
      perform apartado._refuse('RS603', 'invitation');
    end if;
    recovery_secret := apartado._secret();
    v_member_id := apartado._admit(apartado._read_alias(p_alias), apartado._hash(recovery_secret), p_language, p_invitation, server_time);
    if v_member_id is null then
      -- the same call, sent twice at once, may have made and linked them meanwhile
      recovery_secret := null;
      select i.member_id into v_member_id from apartado.identities i where i.issuer = p_issuer and i.subject = p_subject;
      if not found then
        perform apartado._refuse('RS601/taken', 'alias');
      end if;
    else
      insert into apartado.identities (issuer, subject, member_id, linked_at)
      values (p_issuer, p_subject, v_member_id, sign_in_with_identity.server_time)
      on conflict (issuer, subject) do nothing;
      if not found then
        perform apartado._refuse('RS312/linked', 'subject');
      end if;
    end if;
  end if;

  select m.* into v_member from apartado.members m where m.member_id = v_member_id for share;
  -- again, under the lock: unlink_identity may have taken it away meanwhile
  perform from apartado.identities i
    where i.issuer = p_issuer and i.subject = p_subject and i.member_id = v_member_id for key share;
  if not found then
    perform apartado._refuse('RS601/subject', 'subject');
  end if;
  perform apartado._refuse_barred(v_member.barred_at, v_member.barred_reason, 'subject');

  alias := v_member.alias;
  is_operator := v_member.is_operator;
  select b.token, b.language, b.expires_at
    into token, language, expires_at
    from apartado._begin_session(v_member_id, p_language, server_time, v_device_name, p_device) b;
end;
$$;

comment on function apartado.sign_in_with_identity(text, text, text, text, text, text, text) is 'Begin a session as the member to whom the subject of another login is linked. Example: select * from apartado.sign_in_with_identity(''https://login.example'', ''248289761001'', ''eva'')';

grant execute on function apartado.sign_in_with_identity to apartado_api, apartado_operator;
