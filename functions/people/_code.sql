-- _code: a new code that people can read out and type.
--
-- Gives   as many characters as asked for (32 at most), 5 random bits each, without I, L, O and U
create or replace function apartado._code(p_length integer)
  returns text
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  c_alphabet constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  v_random   bytea := decode(apartado._secret(), 'hex');
begin
  return (
    select string_agg(substr(c_alphabet, (get_byte(v_random, n) & 31) + 1, 1), '' order by n)
      from generate_series(0, p_length - 1) n);
end;
$$;

comment on function apartado._code(integer) is 'A new code that people can read out and type.';
