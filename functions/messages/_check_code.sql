-- _check_code: whether a text can be the code of a location, a policy or a class of members.
--
-- Raises  RS205 missing, or of another form, which the detail says
create or replace function apartado._check_code(p_field text, p_code text)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_code is null or p_code !~ '^[a-z0-9_][a-z0-9_.-]{0,63}$' then
    perform apartado._refuse('RS205', p_field, jsonb_build_object(
      p_field, left(p_code, 100), 'example', 'calle-mayor.2', 'longest', 64,
      'expected', 'a–z, digits, dots, dashes or underscores, beginning with a letter, digit or underscore'));
  end if;
end;
$$;

comment on function apartado._check_code(text, text) is 'Whether a text can be the code of a location, a policy or a class of members.';
