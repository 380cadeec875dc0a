-- _read_alias: the alias that somebody would have, in its one form.
--
-- Gives   the alias
-- Raises  RS201 not an alias, or a word that nobody may be called by
create or replace function apartado._read_alias(p_alias text)
  returns text
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  c_reserved constant text[] := '{admin,administrator,anonymous,apartado,operator,root,system,support,me,"null",undefined}';
  v_alias    text := apartado._canonical_alias(p_alias);
begin
  if v_alias is null or v_alias !~ '^[a-z0-9_][a-z0-9_.-]{0,31}$' or v_alias = any (c_reserved) then
    perform apartado._refuse('RS201', 'alias');
  end if;

  return v_alias;
end;
$$;

comment on function apartado._read_alias(text) is 'The alias that somebody would have, in its one form.';
