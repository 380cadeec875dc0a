-- _check_limit: refuses a number of rows that is none, or more than a list gives at once.
--
-- Raises  RS204 p_limit outside 1 .. p_largest
create or replace function apartado._check_limit(p_limit integer, p_largest integer)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_limit is null or p_limit not between 1 and p_largest then
    perform apartado._refuse('RS204', 'limit', jsonb_build_object('limit', p_limit, 'smallest', 1, 'largest', p_largest));
  end if;
end;
$$;

comment on function apartado._check_limit(integer, integer) is 'Refuses a number of rows that is none, or more than a list gives at once.';
