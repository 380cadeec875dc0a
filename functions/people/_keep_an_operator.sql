-- _keep_an_operator: refuses to make an ordinary member of the last operator who can act over HTTP.
--
-- Raises  RS312 nobody would be left who may make another one
-- Locks   the member rows of all operators, by id, so that of two who revoke each other the second finds the first gone
-- Notes   who is barred does not count: they are let do nothing
create or replace function apartado._keep_an_operator(p_alias text)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_alias     text := apartado._canonical_alias(p_alias);
  v_operators text[];
begin
  select array_agg(o.alias)
    into v_operators
    from (select m.alias
            from apartado.members m
           where m.is_operator
             and m.barred_at is null
           order by m.member_id
             for no key update) o;
  if v_operators = array[v_alias] then
    perform apartado._refuse('RS312', 'alias', jsonb_build_object('alias', v_alias, 'operators_left', 0));
  end if;
end;
$$;

comment on function apartado._keep_an_operator(text) is 'Refuses to make an ordinary member of the last operator who can act over HTTP.';
