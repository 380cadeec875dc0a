-- _check_webhook: whether something can be sent there, and of those kinds.
--
-- Raises  RS205 the url is no address of the web, has a fragment, or is longer than 2,000 characters; a kind is none, or there are none,
--         or more than 100. What is null is not looked at
create or replace function apartado._check_webhook(p_url text, p_kinds text[])
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if length(p_url) > 2000 or not apartado._is_web_address(p_url) or strpos(p_url, '#') > 0 then
    perform apartado._refuse('RS205', 'url', '{"example": "https://shop.example/apartado", "longest": 2000}');
  elsif cardinality(p_kinds) not between 1 and 100 or array_ndims(p_kinds) > 1 then
    perform apartado._refuse('RS205', 'kinds', '{"smallest": 1, "largest": 100, "example": "reservation.created"}');
  end if;
  perform apartado._check_kinds(p_kinds, false);
end;
$$;

comment on function apartado._check_webhook(text, text[]) is 'Whether something can be sent there, and of those kinds.';
