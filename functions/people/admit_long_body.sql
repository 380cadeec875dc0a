-- admit_long_body: whether somebody may send a long request, before it is read.
--
-- Raises  RS601 nobody is signed in
-- Notes   what is long is said by the service, which asks in a statement of its own: a request that nobody answers for
--         shall cost no memory. Every member may; what of it they may do, the function says that they call.
create or replace function apartado.admit_long_body(p_member text)
  returns void
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_member is null then
    perform apartado._refuse('RS601', 'token');
  end if;
end;
$$;

comment on function apartado.admit_long_body(text) is 'Whether somebody may send a long request, before it is read.';

grant execute on function apartado.admit_long_body to apartado_api;
