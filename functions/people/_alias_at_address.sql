-- _alias_at_address: what the tries of one alias from one address are counted for.
--
-- Gives   a subject of attempts, of the kind at_address
create or replace function apartado._alias_at_address(p_kind text, p_subject text, p_address text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return apartado._attempt_subject('at_address', concat_ws(' ', p_kind, apartado._attempt_subject('address', p_address),
                                                           apartado._attempt_subject(p_kind, p_subject)));
end;
$$;

comment on function apartado._alias_at_address(text, text, text) is 'What the tries of one alias from one address are counted for.';
