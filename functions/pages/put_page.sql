-- put_page: make a page with its sections, or change it: its kind, what search engines are told, and where the CMS has its words.
--
-- Gives   the page as it then is, its sections in order. What is null stays as it was, an empty text empties
-- Raises  RS204 there are 1,000 pages, or more than 100 sections · RS205 a slug or a type that is none, something too long, a blank
--         reason, or sections that are no list of such
-- Locks   the row of settings, so that pages are made one after the other, then the page's
-- Tells   page.created and page.changed with the reason, to operators, through triggers/pages.sql
-- Notes   a page is known by its slug. p_sections is the whole list: [{"slug", "type", "seo_title", "seo_description", "cms_id"}], of which
--         slug and type must be there; an empty list takes them away. A new page is visible, unless it is said
create or replace function apartado.put_page(
  p_actor             text,
  p_slug              text,
  p_type              text default null,
  p_seo_title         text default null,
  p_seo_description   text default null,
  p_cms_id            text default null,
  p_visible           boolean default null,
  p_sections          jsonb default null,
  p_idempotency_key   text default null,
  p_reason            text default null,
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
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner    text := apartado._acting_operator(p_actor);
  v_request  jsonb := jsonb_build_array(p_slug, p_type, p_seo_title, p_seo_description, p_cms_id, p_visible, p_sections, p_reason);
  v_answer   jsonb := apartado._recall(v_owner, p_idempotency_key, 'put_page', v_request);
  v_sections jsonb;
  v_old      apartado.pages;
  v_new      apartado.pages;
begin
  if v_answer is null then
    perform apartado._check_page(p_slug, p_type, p_seo_title, p_seo_description, p_cms_id);
    v_sections := apartado._read_sections(p_sections);
    -- an UPDATE, not a lock: the second of two waits and sees what the first made, or fails with 40001 at the higher levels
    update apartado.settings s set registration = s.registration;
    select p.* into v_old from apartado.pages p where p.slug = p_slug for no key update;
    if coalesce(p_type, v_old.type) is null then
      perform apartado._refuse('RS205', 'type', '{"example": "story"}');
    elsif v_old.page_id is null and (select count(*) from apartado.pages) >= 1000 then
      perform apartado._refuse('RS204', 'slug', '{"largest": 1000}');
    end if;

    v_new := v_old;
    v_new.slug := p_slug;
    v_new.type := coalesce(p_type, v_old.type);
    v_new.seo_title := nullif(btrim(coalesce(p_seo_title, v_old.seo_title)), '');
    v_new.seo_description := nullif(btrim(coalesce(p_seo_description, v_old.seo_description)), '');
    v_new.cms_id := nullif(btrim(coalesce(p_cms_id, v_old.cms_id)), '');
    v_new.visible := coalesce(p_visible, v_old.visible, true);
    perform apartado._say_why(p_reason);
    v_answer := apartado._write_page(v_old, v_new, v_sections);
    perform apartado._say_why(null);
    perform apartado._remember(v_owner, p_idempotency_key, 'put_page', v_request, v_answer);
  end if;

  select * into page_id, slug, type, seo_title, seo_description, cms_id, visible, sections, created_at, changed_at
    from jsonb_to_record(v_answer) as (
      page_id bigint, slug text, type text, seo_title text, seo_description text, cms_id text, visible boolean, sections jsonb,
      created_at timestamptz, changed_at timestamptz);
end;
$$;

comment on function apartado.put_page(text, text, text, text, text, text, boolean, jsonb, text, text) is 'Make a page with its sections, or change it: its kind, what search engines are told, and where the CMS has its words. Example: select * from apartado.put_page(null, ''about'', ''legal'', ''About us'', p_cms_id => ''cms-1'', p_sections => ''[{"slug": "hours", "type": "text", "cms_id": "cms-2"}]'')';

grant execute on function apartado.put_page to apartado_api, apartado_operator;
