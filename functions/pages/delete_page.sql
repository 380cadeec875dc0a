-- delete_page: take a page away, with its sections and what hangs at it.
--
-- Gives   the page as it was; unlinked: how many media hung at it
-- Raises  RS205 a reason that is blank or of more than 500 characters · RS312 there is no such page
-- Locks   its row, then the media that hang at it, by id, then their links
-- Tells   page.deleted and media.unlinked with the reason, to operators, through triggers/pages.sql and triggers/media_links.sql
-- Notes   the words stay in the CMS, and media stay where they are
create or replace function apartado.delete_page(
  p_actor           text,
  p_slug            text,
  p_idempotency_key text default null,
  p_reason          text default null,
  out page_id       bigint,
  out slug          text,
  out cms_id        text,
  out unlinked      integer
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_slug, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'delete_page', v_request);
  v_page    apartado.pages;
  v_links   integer;
begin
  if v_answer is null then
    -- the row first, so that nothing can be linked to it meanwhile
    select p.* into v_page from apartado.pages p where p.slug = p_slug for update of p;
    if v_page.page_id is null then
      perform apartado._refuse('RS312/missing', 'slug', jsonb_build_object('slug', left(p_slug, 200)));
    end if;
    -- before the links, as delete_media does: the two come to them in different orders
    perform from apartado.media m
      where m.media_id in (select l.media_id from apartado.media_links l where l.page_id = v_page.page_id)
      order by m.media_id for key share;
    perform apartado._say_why(p_reason);
    v_links := (select count(*) from (select from apartado.media_links l where l.page_id = v_page.page_id for no key update) h);
    delete from apartado.pages p where p.page_id = v_page.page_id;
    perform apartado._say_why(null);
    v_answer := jsonb_build_object(
      'page_id', v_page.page_id, 'slug', v_page.slug, 'cms_id', v_page.cms_id, 'unlinked', v_links);
    perform apartado._remember(v_owner, p_idempotency_key, 'delete_page', v_request, v_answer);
  end if;

  select * into page_id, slug, cms_id, unlinked
    from jsonb_to_record(v_answer) as (page_id bigint, slug text, cms_id text, unlinked integer);
end;
$$;

comment on function apartado.delete_page(text, text, text, text) is 'Take a page away, with its sections and what hangs at it. Example: select * from apartado.delete_page(null, ''about'')';

grant execute on function apartado.delete_page to apartado_api, apartado_operator;
