-- _check_find: whether find_items was asked for something that there is.
--
-- Raises  RS204 p_limit not 1 to 200, p_query longer than 500 · RS205 no such p_status
create or replace function apartado._check_find(p_query text, p_status text, p_limit integer)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  c_statuses constant text[] := '{hidden,reserved,offered,in_queue,sold,upcoming,ended,not_for_sale,in_cart,available,reserved_by_others}';
begin
  perform apartado._check_limit(p_limit, 200);
  if length(p_query) > 500 then
    perform apartado._refuse('RS204', 'query', jsonb_build_object('longest', 500));
  elsif p_status <> all (c_statuses) then
    perform apartado._refuse('RS205', 'status', jsonb_build_object(
      'status', left(p_status, 100),
      'expected', array_to_string(c_statuses, ', ')));
  end if;
end;
$$;

comment on function apartado._check_find(text, text, integer) is 'Whether find_items was asked for something that there is.';
