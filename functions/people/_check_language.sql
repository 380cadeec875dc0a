-- _check_language: whether it is a language that is spoken here; null is no question.
--
-- Raises  RS205 neither en nor es
create or replace function apartado._check_language(p_language text)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_language not in ('en', 'es') then
    perform apartado._refuse('RS205', 'language', jsonb_build_object('expected', 'en, es'));
  end if;
end;
$$;

comment on function apartado._check_language(text) is 'Whether it is a language that is spoken here; null is no question.';
