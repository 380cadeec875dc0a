-- _read_list: a list of artists, labels, tracks, videos or images of a JSON request, or why it is none.
--
-- Gives   value: objects with exactly the parts that _list_fields names · or code and facts of the refusal
-- Notes   a bare text stands for an element's main part: "Miles Davis" is {"name": "Miles Davis"}
create or replace function apartado._read_list(
  p_list    text,
  p_value   jsonb,
  out value jsonb,
  out code  text,
  out facts jsonb
)
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_parts text[];
  v_main  text;
begin
  if jsonb_typeof(p_value) <> 'array' then
    code := 'RS205';
    facts := '{"expected": "list"}';
    return;
  elsif jsonb_array_length(p_value) > 1000 then
    code := 'RS204';
    facts := '{"most": 1000}';
    return;
  end if;

  select array_agg(f.part), max(f.part) filter (where f.main)
    into v_parts, v_main
    from apartado._list_fields() f
   where f.list = p_list;

  with element as (
    select e.place,
           case jsonb_typeof(e.element)
             when 'object' then e.element
             when 'string' then jsonb_build_object(v_main, e.element)
           end as parts,
           case
             when jsonb_typeof(e.element) = 'object' and e.element - v_parts <> '{}'
               then (select min(k) from jsonb_object_keys(e.element - v_parts) k)
           end as unknown
      from jsonb_array_elements(p_value) with ordinality as e (element, place)
  ), part as (
    select e.place, f.part, t.value, t.facts, e.parts is null as is_none, e.unknown,
           case
             when e.unknown is not null then 'RS205/unknown'
             when e.parts is null then 'RS205'
             when t.code is not null then t.code
             when f.needed and t.value is null then 'RS205'
             when f.url and not apartado._is_web_address(t.value #>> '{}') then 'RS205'
           end as code
      from element e
     cross join apartado._list_fields() f
     cross join lateral apartado._read_text(e.parts -> f.part, 1, f.longest) t
     where f.list = p_list
  ), whole as (
    select p.place, jsonb_object_agg(p.part, p.value) as element
      from part p
     group by p.place
  )
  select w.code, w.facts, coalesce((select jsonb_agg(e.element order by e.place) from whole e), '[]')
    into code, facts, value
    from (select) as one
    left join lateral (
      select p.code,
             jsonb_build_object('number', p.place) || case
               when p.is_none then '{"expected": "object or text"}'
               when p.unknown is not null then jsonb_build_object('part', left(p.unknown, 100), 'known', array_to_string(v_parts, ', '))
               else jsonb_build_object('part', p.part)
                    || coalesce(p.facts, case when p.value is null then '{"expected": "text"}'
                                              else '{"example": "https://shop.example/blue"}' end::jsonb)
             end as facts
        from part p
       where p.code is not null
       order by p.place, p.part
       limit 1
    ) w on true;
end;
$$;

comment on function apartado._read_list(text, jsonb) is 'A list of artists, labels, tracks, videos or images of a JSON request, or why it is none.';
