-- _hash: how a secret is stored: its sha256.
--
-- Gives   its sha256; null for null
-- Notes   the secrets are long and random, so a fast hash keeps them; a cast to bytea would fail on a backslash.
--         As clock(): parsed when it was made, and put in place of its calls
create or replace function apartado._hash(p_secret text)
  returns bytea
  language sql
  stable
  return pg_catalog.sha256(pg_catalog.convert_to(p_secret, 'UTF8'));

comment on function apartado._hash(text) is 'How a secret is stored: its sha256.';
