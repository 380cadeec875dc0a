-- _read_number: a number of a JSON request, or why it is none.
--
-- Gives   value · or code and facts of the refusal
create or replace function apartado._read_number(
  p_kind     text,
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
  v_text   text := btrim(p_value #>> '{}');
  v_number numeric;
begin
  if jsonb_typeof(p_value) not in ('number', 'string')
     or v_text !~ '^[+-]?[0-9]{1,30}([.][0-9]{1,30})?$'
     or (p_kind = 'integer' and v_text !~ '^[+-]?[0-9]+([.]0+)?$') then
    code := 'RS205';
    facts := jsonb_build_object('expected', p_kind);
    return;
  end if;

  v_number := v_text::numeric;
  if v_number not between p_smallest and p_largest then
    code := 'RS204';
    facts := jsonb_build_object('smallest', p_smallest, 'largest', p_largest);
  elsif p_kind = 'integer' then
    value := to_jsonb(v_number::integer);
  else
    value := to_jsonb(v_number);
  end if;
end;
$$;

comment on function apartado._read_number(text, jsonb, numeric, numeric) is 'A number of a JSON request, or why it is none.';
