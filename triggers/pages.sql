-- Pages: that one was made, changed with its sections, or deleted is told to operators.

create or replace function apartado.tg_pages__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_page apartado.pages := case when tg_op = 'DELETE' then old else new end;
begin
  insert into apartado.events (kind, details, at)
  values ('page.' || case tg_op when 'INSERT' then 'created' when 'DELETE' then 'deleted' else 'changed' end,
          jsonb_strip_nulls(jsonb_build_object(
            'page_id', v_page.page_id, 'slug', v_page.slug, 'type', v_page.type, 'cms_id', v_page.cms_id, 'visible', v_page.visible,
            'reason', nullif(current_setting('apartado.reason', true), ''))),
          apartado.clock());
  return null;
end;
$$;

comment on function apartado.tg_pages__record() is 'Tells page.created, page.changed and page.deleted.';

create or replace trigger _500_record_insert
  after insert on apartado.pages
  for each row
  execute function apartado.tg_pages__record();

create or replace trigger _510_record_update
  after update on apartado.pages
  for each row
  when (old is distinct from new)
  execute function apartado.tg_pages__record();

create or replace trigger _520_record_delete
  after delete on apartado.pages
  for each row
  execute function apartado.tg_pages__record();
