-- _lot: the lot of a queue entry.
--
-- Gives   64 hexadecimal digits, of which the lower comes first: SHA-256 of seed, colon and the entry's number, as text; null
--         without a seed. Anybody can say the same: printf '%s:%s' SEED ENTRY | sha256sum
create or replace function apartado._lot(p_seed text, p_entry_id bigint)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select encode(apartado._hash(p_seed || ':' || p_entry_id), 'hex');
$$;

comment on function apartado._lot(text, bigint) is 'The lot of a queue entry.';
