-- _key_lock: the advisory lock of an idempotency key.
--
-- Gives   the lock's number: two requests under one key come one after the other
create or replace function apartado._key_lock(p_owner text, p_key text)
  returns bigint
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return hashtextextended(p_owner || ' ' || p_key, 1);
end;
$$;

comment on function apartado._key_lock(text, text) is 'The advisory lock of an idempotency key.';
