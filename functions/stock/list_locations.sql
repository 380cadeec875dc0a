-- list_locations: which locations there are, for operators.
--
-- Gives   location: its code, by which they are sorted · name, phone: as set_location says them · policy: null where it has none of its own
-- Raises  RS601, RS602 not an operator
create or replace function apartado.list_locations(p_actor text)
  returns table (
    location    text,
    name        text,
    phone       text,
    policy      text,
    server_time timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_now timestamptz := apartado.clock();
begin
  perform apartado._operator(p_actor);

  return query
  select l.code, l.name, l.phone, p.name, v_now
    from apartado.locations l
    left join apartado.policies p on p.policy_id = l.policy_id
   order by l.code;
end;
$$;

comment on function apartado.list_locations(text) is 'Which locations there are, for operators. Example: select * from apartado.list_locations(null)';

grant execute on function apartado.list_locations to apartado_api, apartado_operator;
