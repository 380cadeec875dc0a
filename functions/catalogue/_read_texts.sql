-- _read_texts: a list of texts of a JSON request, or why it is none.
--
-- Gives   value: each trimmed, blank ones left out · or code and facts of the refusal
create or replace function apartado._read_texts(
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
begin
  if jsonb_typeof(p_value) <> 'array' then
    code := 'RS205';
    facts := '{"expected": "list of texts"}';
    return;
  elsif jsonb_array_length(p_value) > 1000 then
    code := 'RS204';
    facts := '{"most": 1000}';
    return;
  end if;

  select (array_agg(t.code order by e.place) filter (where t.code is not null))[1],
         (array_agg(t.facts order by e.place) filter (where t.code is not null))[1],
         coalesce(jsonb_agg(t.value order by e.place) filter (where t.value is not null), '[]')
    into code, facts, value
    from jsonb_array_elements(p_value) with ordinality as e (element, place)
   cross join lateral apartado._read_text(e.element, p_smallest, p_largest) t;
end;
$$;

comment on function apartado._read_texts(jsonb, numeric, numeric) is 'A list of texts of a JSON request, or why it is none.';
