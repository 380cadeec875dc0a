-- _secret: a new secret of 64 hexadecimal digits.
--
-- Notes   from 366 random bits, without pgcrypto
create or replace function apartado._secret()
  returns text
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  select encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex');
$$;

comment on function apartado._secret() is 'A new secret of 64 hexadecimal digits.';
