-- _receiver: who a reservation is handed on to.
--
-- Gives   the member's id
-- Raises  RS103 no such member, or one who is barred · RS205 nobody was named
create or replace function apartado._receiver(p_to text)
  returns bigint
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_member_id bigint;
begin
  if p_to is null then
    perform apartado._refuse('RS205/missing', 'to');
  end if;

  select m.member_id
    into v_member_id
    from apartado.members m
   where m.alias = apartado._canonical_alias(p_to)
     and m.barred_at is null;
  if v_member_id is null then
    perform apartado._refuse('RS103', 'to');
  end if;

  return v_member_id;
end;
$$;

comment on function apartado._receiver(text) is 'Who a reservation is handed on to.';
