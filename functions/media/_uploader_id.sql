-- _uploader_id: whose upload a medium is.
--
-- Gives   the member who is named; else who it was; else, of a new one, the operator who makes it, null: a database role
-- Raises  RS103 no such member
create or replace function apartado._uploader_id(p_actor text, p_uploader text, p_old apartado.media)
  returns bigint
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_member_id bigint;
begin
  if p_uploader is null and p_old.media_id is not null then
    return p_old.uploaded_by;
  end if;

  select m.member_id
    into v_member_id
    from apartado.members m
   where m.alias = apartado._canonical_alias(coalesce(p_uploader, p_actor));
  if p_uploader is not null and v_member_id is null then
    perform apartado._refuse('RS103', 'uploader', jsonb_build_object('uploader', left(p_uploader, 100)));
  end if;
  return v_member_id;
end;
$$;

comment on function apartado._uploader_id(text, text, apartado.media) is 'Whose upload a medium is.';
