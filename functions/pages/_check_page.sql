-- _check_page: whether a page, or a section of one, can be called and described so.
--
-- Raises  RS205 a slug or a type that is none, a title for search engines of more than 200 characters, a description of more than 1,000,
--         or an id of the CMS of more than 200; p_field: which field is named instead of each. A slug must be there; what else is null
--         or empty is not looked at
create or replace function apartado._check_page(
  p_slug            text,
  p_type            text,
  p_seo_title       text,
  p_seo_description text,
  p_cms_id          text,
  p_field           text default null
)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_slug is null or length(p_slug) > 200 or p_slug !~ '^[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*$' then
    perform apartado._refuse('RS205', coalesce(p_field, 'slug'), jsonb_build_object('slug', left(p_slug, 100), 'example', 'stories/blue-note', 'longest', 200));
  elsif p_type !~ '^[a-z0-9][a-z0-9_-]{0,49}$' then
    perform apartado._refuse('RS205', coalesce(p_field, 'type'), jsonb_build_object('type', left(p_type, 100), 'example', 'story', 'longest', 50));
  elsif length(p_seo_title) > 200 then
    perform apartado._refuse('RS205', coalesce(p_field, 'seo_title'), '{"longest": 200}');
  elsif length(p_seo_description) > 1000 then
    perform apartado._refuse('RS205', coalesce(p_field, 'seo_description'), '{"longest": 1000}');
  elsif length(p_cms_id) > 200 then
    perform apartado._refuse('RS205', coalesce(p_field, 'cms_id'), '{"longest": 200}');
  end if;
end;
$$;

comment on function apartado._check_page(text, text, text, text, text, text) is 'Whether a page, or a section of one, can be called and described so.';
