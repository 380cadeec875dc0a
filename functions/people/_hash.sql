-- _hash: how a secret is stored: its sha256.
--
-- Notes   the secrets are long and random, so a fast hash keeps them; a cast to bytea would fail on a backslash.
--         Not inlined, unlike clock(): a test counts its calls to see that sign_in hashes for unknown members, too
create or replace function apartado._hash(p_secret text)
  returns bytea
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return sha256(convert_to(p_secret, 'UTF8'));
end;
$$;

comment on function apartado._hash(text) is 'How a secret is stored: its sha256.';
