-- _check_webhook: whether something can be sent there, and of those kinds.
--
-- Raises  RS205 the url is no address of the web, names no host, has a fragment, a port that cannot be, or more than 2,000 characters; a kind is none, or
--         there are none, or more than 100. What is null is not looked at
create or replace function apartado._check_webhook(p_url text, p_kinds text[])
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_port text := substring(p_url from '^https?://[^/?#]*:([^]:/?#]+)(?:[/?#]|$)');
begin
  if length(p_url) > 2000 or not apartado._is_web_address(p_url) or strpos(p_url, '#') > 0 or p_url !~ '^https?://[^/?#:]'
     or not (case when v_port ~ '^[0-9]{1,5}$' then v_port::integer between 1 and 65535 else v_port is null end) then
    perform apartado._refuse('RS205', 'url', jsonb_build_object(
      'example', 'https://shop.example/apartado', 'expected', 'http or https in small letters, without user and #, port 1 to 65535', 'longest', 2000));
  elsif cardinality(p_kinds) not between 1 and 100 or array_ndims(p_kinds) > 1 then
    perform apartado._refuse('RS205', 'kinds', '{"smallest": 1, "largest": 100, "example": "reservation.created"}');
  end if;
  perform apartado._check_kinds(p_kinds, false);
end;
$$;

comment on function apartado._check_webhook(text, text[]) is 'Whether something can be sent there, and of those kinds.';
