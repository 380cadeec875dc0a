-- Triggers of item_artists.
--   _500_search  keeps the search words of the items

create or replace function apartado.tg_item_artists__search()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._refresh_search(array(select distinct c.item_id from changed c));
  return null;
end;
$$;

comment on function apartado.tg_item_artists__search() is 'Keeps the words by which find_items finds the items whose artists changed.';

create or replace trigger _500_search_after_insert
  after insert on apartado.item_artists
  referencing new table as changed
  for each statement
  execute function apartado.tg_item_artists__search();

create or replace trigger _500_search_after_update
  after update on apartado.item_artists
  referencing new table as changed
  for each statement
  execute function apartado.tg_item_artists__search();

create or replace trigger _500_search_after_delete
  after delete on apartado.item_artists
  referencing old table as changed
  for each statement
  execute function apartado.tg_item_artists__search();
