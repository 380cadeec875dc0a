-- _check_seen: whether a text that is shown to others is short enough, and made of what one sees.
--
-- Raises  RS205 it is longer, or holds what _shows_nothing_odd finds: the detail says which of the two
create or replace function apartado._check_seen(p_field text, p_text text, p_longest integer)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if length(p_text) > p_longest then
    perform apartado._refuse('RS205', p_field, jsonb_build_object('longest', p_longest));
  elsif not apartado._shows_nothing_odd(p_text) then
    perform apartado._refuse('RS205', p_field, '{"expected": "characters that are seen, in the order in which they are written"}');
  end if;
end;
$$;

comment on function apartado._check_seen(text, text, integer) is 'Whether a text that is shown to others is short enough, and made of what one sees.';
