-- _read_sections: the sections of a page out of a JSON request.
--
-- Gives   a list of objects with slug, type, seo_title, seo_description and cms_id, in the form of _sections_of; null for null
-- Raises  RS204 more than 100 · RS205 no list of objects, a part that there is not or that is no text, no type, the same slug twice, or
--         what _check_page refuses
create or replace function apartado._read_sections(p_sections jsonb)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_section jsonb;
  v_read    jsonb := '[]';
begin
  if coalesce(p_sections, 'null') = 'null' then
    return null;
  elsif jsonb_typeof(p_sections) <> 'array' then
    perform apartado._refuse('RS205', 'sections', '{"expected": "list of objects"}');
  elsif jsonb_array_length(p_sections) > 100 then
    perform apartado._refuse('RS204', 'sections', '{"largest": 100}');
  end if;

  for v_section in select e.value from jsonb_array_elements(p_sections) e loop
    if jsonb_typeof(v_section) <> 'object' or v_section - '{slug,type,seo_title,seo_description,cms_id}'::text[] <> '{}'
       or jsonb_path_exists(v_section, 'strict $.* ? (@.type() != "string" && @ != null)') then
      perform apartado._refuse('RS205', 'sections', jsonb_build_object(
        'number', jsonb_array_length(v_read) + 1, 'known', 'slug, type, seo_title, seo_description, cms_id'));
    end if;
    perform apartado._check_page(v_section ->> 'slug', v_section ->> 'type', v_section ->> 'seo_title', v_section ->> 'seo_description',
                                 v_section ->> 'cms_id', 'sections');
    if v_section ->> 'type' is null or v_read @> jsonb_build_array(jsonb_build_object('slug', v_section -> 'slug')) then
      perform apartado._refuse('RS205', 'sections', jsonb_build_object('slug', v_section -> 'slug', 'expected', 'a type, and each slug once'));
    end if;
    v_read := v_read || jsonb_build_object(
      'slug', v_section -> 'slug', 'type', v_section -> 'type', 'seo_title', nullif(btrim(v_section ->> 'seo_title'), ''),
      'seo_description', nullif(btrim(v_section ->> 'seo_description'), ''), 'cms_id', nullif(btrim(v_section ->> 'cms_id'), ''));
  end loop;
  return v_read;
end;
$$;

comment on function apartado._read_sections(jsonb) is 'The sections of a page out of a JSON request.';
