-- list_pages: the pages of the shop, by slug.
--
-- Gives   each as get_page, without its sections; those of p_type only, where it is named
-- Notes   hidden ones are there for operators only
create or replace function apartado.list_pages(p_member text, p_type text default null)
  returns table (
    page_id         bigint,
    slug            text,
    type            text,
    seo_title       text,
    seo_description text,
    cms_id          text,
    visible         boolean,
    created_at      timestamptz,
    changed_at      timestamptz
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
  return query
  select p.page_id, p.slug, p.type, p.seo_title, p.seo_description, p.cms_id, p.visible, p.created_at, p.changed_at
    from apartado.pages p
   where (p_type is null or p.type = p_type)
     and (p.visible or v_sees_all)
   order by p.slug collate "C";
end;
$$;

comment on function apartado.list_pages(text, text) is 'The pages of the shop, by slug. Example: select * from apartado.list_pages(null, ''legal'')';

grant execute on function apartado.list_pages to apartado_api, apartado_operator;
