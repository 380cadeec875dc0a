-- _write_page: makes a page with its sections, or makes one what it is to be.
--
-- Gives   the answer of put_page
-- Tells   page.created or page.changed, through triggers/pages.sql
-- Notes   the caller holds the row of p_old, where there is one. What is as it should be is not written; p_sections null: they stay
create or replace function apartado._write_page(p_old apartado.pages, p_new apartado.pages, p_sections jsonb)
  returns jsonb
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now      timestamptz := apartado.clock();
  v_page_id  bigint := p_old.page_id;
  v_sections jsonb := apartado._sections_of(v_page_id);
begin
  if v_page_id is null then
    insert into apartado.pages as p (slug, type, seo_title, seo_description, cms_id, visible, created_at, changed_at)
    values (p_new.slug, p_new.type, p_new.seo_title, p_new.seo_description, p_new.cms_id, p_new.visible, v_now, v_now)
    returning p.page_id into v_page_id;
  elsif p_new is distinct from p_old or p_sections <> v_sections then
    update apartado.pages p
       set type = p_new.type, seo_title = p_new.seo_title, seo_description = p_new.seo_description, cms_id = p_new.cms_id,
           visible = p_new.visible, changed_at = v_now
     where p.page_id = v_page_id;
  end if;

  if p_sections <> v_sections then
    delete from apartado.page_sections s where s.page_id = v_page_id;
    insert into apartado.page_sections (page_id, ordinal, slug, type, seo_title, seo_description, cms_id)
    select v_page_id, e.ordinal, r.slug, r.type, r.seo_title, r.seo_description, r.cms_id
      from jsonb_array_elements(p_sections) with ordinality as e (section, ordinal)
     cross join lateral jsonb_populate_record(null::apartado.page_sections, e.section) r;
  end if;

  return (select to_jsonb(p) || jsonb_build_object('sections', apartado._sections_of(v_page_id))
            from apartado.pages p
           where p.page_id = v_page_id);
end;
$$;

comment on function apartado._write_page(apartado.pages, apartado.pages, jsonb) is 'Makes a page with its sections, or makes one what it is to be.';
