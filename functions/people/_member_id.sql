-- _member_id: who the caller of a command is.
--
-- Gives   the member's id
-- Raises  RS601 nobody was named · RS103 no such member · RS604 barred
-- Notes   p_column: the parameter that named them
create or replace function apartado._member_id(p_member text, p_column text default 'member')
  returns bigint
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_member_id     bigint;
  v_barred_at     timestamptz;
  v_barred_reason text;
begin
  if p_member is null then
    perform apartado._refuse('RS601', p_column);
  end if;

  select m.member_id, m.barred_at, m.barred_reason
    into v_member_id, v_barred_at, v_barred_reason
    from apartado.members m
   where m.alias = apartado._canonical_alias(p_member);

  if v_member_id is null then
    perform apartado._refuse('RS103', p_column);
  elsif v_barred_at is not null then
    perform apartado._refuse_barred(v_barred_at, v_barred_reason, p_column);
  end if;

  return v_member_id;
end;
$$;

comment on function apartado._member_id(text, text) is 'Who the caller of a command is.';
