-- get_page: a page by its slug, with its sections.
--
-- Gives   what search engines are told and where the CMS has its words, the same of its sections, in order; list_media has its media
-- Raises  RS312 there is no such page, or it is hidden from the caller
-- Notes   hidden ones are there for operators only
create or replace function apartado.get_page(
  p_member            text,
  p_slug              text,
  out page_id         bigint,
  out slug            text,
  out type            text,
  out seo_title       text,
  out seo_description text,
  out cms_id          text,
  out visible         boolean,
  out sections        jsonb,
  out created_at      timestamptz,
  out changed_at      timestamptz
)
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_sees_all boolean := apartado._is_operator(apartado._viewer_id(p_member));
begin
  select p.page_id, p.slug, p.type, p.seo_title, p.seo_description, p.cms_id, p.visible, apartado._sections_of(p.page_id), p.created_at, p.changed_at
    into page_id, slug, type, seo_title, seo_description, cms_id, visible, sections, created_at, changed_at
    from apartado.pages p
   where p.slug = p_slug
     and (p.visible or v_sees_all);
  if page_id is null then
    perform apartado._refuse('RS312/missing', 'slug', jsonb_build_object('slug', left(p_slug, 200)));
  end if;
end;
$$;

comment on function apartado.get_page(text, text) is 'A page by its slug, with its sections. Example: select * from apartado.get_page(null, ''about'')';

grant execute on function apartado.get_page to apartado_api, apartado_operator;
