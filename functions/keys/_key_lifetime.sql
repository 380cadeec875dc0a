-- _key_lifetime: how long the answer under an idempotency key is remembered.
--
-- Notes   inlined, see clock()
create or replace function apartado._key_lifetime()
  returns interval
  language sql
  immutable
  return interval '24 hours';

comment on function apartado._key_lifetime() is 'How long the answer under an idempotency key is remembered.';
