-- _lock_media_target: what media hang at, locked, so that one after the other hangs something there.
--
-- Raises  RS103 the member was anonymised meanwhile · RS312 the page was deleted meanwhile
-- Locks   the item, the member, the location or the page
-- Notes   an UPDATE that changes nothing, not a lock: so at the higher isolation levels the second fails with 40001
create or replace function apartado._lock_media_target(p_target apartado.media_links)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_target.item_id is not null then
    update apartado.items i set changed_at = i.changed_at where i.item_id = p_target.item_id;
  elsif p_target.location_id is not null then
    update apartado.locations l set name = l.name where l.location_id = p_target.location_id;
  elsif p_target.member_id is not null then
    update apartado.members m set show_name = m.show_name where m.member_id = p_target.member_id and m.anonymised_at is null;
    if not found then
      perform apartado._refuse('RS103', 'alias');
    end if;
  else
    update apartado.pages p set changed_at = p.changed_at where p.page_id = p_target.page_id;
    if not found then
      perform apartado._refuse('RS312/missing', 'page');
    end if;
  end if;
end;
$$;

comment on function apartado._lock_media_target(apartado.media_links) is 'What media hang at, locked, so that one after the other hangs something there.';
