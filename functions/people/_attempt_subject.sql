-- _attempt_subject: what tries at a secret are counted for.
--
-- Gives   the alias in its one form; for a pairing code, which names nobody, one of 4,096 groups of codes; for an address the
--         hash of it, or of its /64 where it is IPv6, because whoever has one of those has all; for an alias at an address
--         (at_address) the hash of both
-- Notes   ten tries for each group in five minutes are 41,000 guesses among 10^12 codes altogether; a count for all codes
--         together would let anybody stop everybody's pairing with ten requests, and one for each code would count nothing
create or replace function apartado._attempt_subject(p_kind text, p_subject text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(
    case p_kind
      when 'pair' then left(encode(apartado._hash(apartado._canonical_code(p_subject)), 'hex'), 3)
      when 'address' then left(encode(apartado._hash(
        case when p_subject ~ ':' then network(set_masklen(p_subject::inet, 64))::text else p_subject end), 'hex'), 32)
      when 'at_address' then left(encode(apartado._hash(p_subject), 'hex'), 32)
      else left(apartado._canonical_alias(p_subject), 100)
    end, '');
end;
$$;

comment on function apartado._attempt_subject(text, text) is 'What tries at a secret are counted for.';
