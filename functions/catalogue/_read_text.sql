-- _read_text: a text of a JSON request, or why it is none.
--
-- Gives   value: trimmed, null when blank · or code and facts of the refusal
create or replace function apartado._read_text(
  p_value    jsonb,
  p_smallest numeric,
  p_largest  numeric,
  out value  jsonb,
  out code   text,
  out facts  jsonb
)
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_text text := nullif(btrim(p_value #>> '{}', E' \t\r\n'), '');
begin
  if jsonb_typeof(p_value) not in ('string', 'null') then
    code := 'RS205';
    facts := '{"expected": "text"}';
  elsif length(v_text) not between p_smallest and p_largest then
    code := 'RS204';
    facts := jsonb_build_object('shortest', p_smallest, 'longest', p_largest);
  else
    value := to_jsonb(v_text);
  end if;
end;
$$;

comment on function apartado._read_text(jsonb, numeric, numeric) is 'A text of a JSON request, or why it is none.';
