-- _read_field: one field of an item of a JSON request, or why it is refused.
--
-- Gives   value in the one form in which items are compared · or code and facts of the refusal
create or replace function apartado._read_field(
  p_field    text,
  p_kind     text,
  p_smallest numeric,
  p_largest  numeric,
  p_value    jsonb,
  out value  jsonb,
  out code   text,
  out facts  jsonb
)
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  if p_kind is null then
    code := 'RS205/unknown';
    facts := jsonb_build_object('known', (select string_agg(f.field, ', ' order by f.place) from apartado._item_fields() f));
  elsif p_value = 'null' then
    value := case when p_kind in ('list', 'texts') then '[]'::jsonb end;
  elsif p_kind = 'text' then
    select * into value, code, facts from apartado._read_text(p_value, p_smallest, p_largest);
  elsif p_kind in ('integer', 'amount') then
    select * into value, code, facts from apartado._read_number(p_kind, p_value, p_smallest, p_largest);
  elsif p_kind = 'texts' then
    select * into value, code, facts from apartado._read_texts(p_value, p_smallest, p_largest);
  elsif p_kind = 'list' then
    select * into value, code, facts from apartado._read_list(p_field, p_value);
  elsif jsonb_typeof(p_value) = 'boolean' then
    value := p_value;
  else
    code := 'RS205';
    facts := jsonb_build_object('expected', 'true or false');
  end if;
end;
$$;

comment on function apartado._read_field(text, text, numeric, numeric, jsonb) is 'One field of an item of a JSON request, or why it is refused.';
