-- _sections_of: what a page is made of, in order.
--
-- Gives   a list of objects with slug, type, seo_title, seo_description and cms_id
create or replace function apartado._sections_of(p_page_id bigint)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(jsonb_agg(to_jsonb(s) - '{page_id,ordinal}'::text[] order by s.ordinal), '[]')
      from apartado.page_sections s
     where s.page_id = p_page_id);
end;
$$;

comment on function apartado._sections_of(bigint) is 'What a page is made of, in order.';
