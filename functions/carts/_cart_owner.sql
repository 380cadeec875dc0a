-- _cart_owner: whose cart a call is about: the member's who calls, else the device's that it names.
--
-- Gives   member_id or device_hash, and the owner of the call for its idempotency key
-- Raises  RS601 nobody is signed in, and no device is named · RS103 no such member · RS604 barred
--         RS205 a device that is named too short, or too long
-- Locks   with p_keeps the member row (shared), before all else: what is remembered under their name stays theirs (_keep_name)
create or replace function apartado._cart_owner(
  p_member        text,
  p_device        text,
  p_keeps         boolean default false,
  out member_id   bigint,
  out device_hash bytea,
  out owner       text
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  if p_keeps and p_member is not null then
    perform apartado._keep_name(p_member);
  end if;
  perform apartado._check_device(p_device);
  if p_member is null and p_device is null then
    perform apartado._refuse('RS601/device', 'member');
  end if;

  if p_member is not null then
    member_id := apartado._member_id(p_member);
    owner := apartado._canonical_alias(p_member);
  else
    device_hash := apartado._hash(p_device);
    owner := 'device:' || encode(device_hash, 'hex');
  end if;
end;
$$;

comment on function apartado._cart_owner(text, text, boolean) is 'Whose cart a call is about: the member''s who calls, else the device''s that it names.';
