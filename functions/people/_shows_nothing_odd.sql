-- _shows_nothing_odd: whether a text is made of what one sees, and reads in the order in which it is written.
--
-- Gives   false where it holds control characters, marks that turn the direction of writing, characters nobody sees,
--         or accents that stand on nothing or pile up over the lines around them
create or replace function apartado._shows_nothing_odd(p_text text)
  returns boolean
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
  set standard_conforming_strings = on
as $$
begin
  return p_text !~ ('[\u0001-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e'
                    '\u2060-\u206f\u2800\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]|^[\ufe0f\u0300-\u036f]|[\u0300-\u036f\u20d0-\u20f0]{4}');
end;
$$;

comment on function apartado._shows_nothing_odd(text) is 'Whether a text is made of what one sees, and reads in the order in which it is written.';
