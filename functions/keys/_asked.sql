-- _asked: what was asked under an idempotency key: the request, and the reason if one was given.
--
-- Notes   a key from before there could be a reason is the key of a request without
create or replace function apartado._asked(p_request jsonb, p_reason text)
  returns jsonb
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return case when p_reason is null then p_request else jsonb_build_array(p_request, p_reason) end;
end;
$$;

comment on function apartado._asked(jsonb, text) is 'What was asked under an idempotency key: the request, and the reason if one was given.';
