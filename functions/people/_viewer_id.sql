-- _viewer_id: who looks, in a query; null for the anonymous visitor.
--
-- Raises  RS103 no such member
create or replace function apartado._viewer_id(p_member text)
  returns bigint
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_member_id bigint;
begin
  if p_member is null then
    return null;
  end if;

  select m.member_id
    into v_member_id
    from apartado.members m
   where m.alias = apartado._canonical_alias(p_member);

  if v_member_id is null then
    perform apartado._refuse('RS103', 'member');
  end if;

  return v_member_id;
end;
$$;

comment on function apartado._viewer_id(text) is 'Who looks, in a query; null for the anonymous visitor.';
