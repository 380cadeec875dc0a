-- Triggers of item_artists.
--   _500_search  keeps the search words of the items

create or replace trigger _500_search_after_insert
  after insert on apartado.item_artists
  referencing new table as changed
  for each statement
  execute function apartado.tg_any__refresh_search();

create or replace trigger _500_search_after_update
  after update on apartado.item_artists
  referencing new table as changed
  for each statement
  execute function apartado.tg_any__refresh_search();

create or replace trigger _500_search_after_delete
  after delete on apartado.item_artists
  referencing old table as changed
  for each statement
  execute function apartado.tg_any__refresh_search();
