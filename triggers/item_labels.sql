-- Triggers of item_labels.
--   _500_search  keeps the search words of the items

create or replace function apartado.tg_item_labels__search()
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

comment on function apartado.tg_item_labels__search() is 'Keeps the words by which find_items finds the items whose labels changed.';

create or replace trigger _500_search_after_insert
  after insert on apartado.item_labels
  referencing new table as changed
  for each statement
  execute function apartado.tg_item_labels__search();

create or replace trigger _500_search_after_update
  after update on apartado.item_labels
  referencing new table as changed
  for each statement
  execute function apartado.tg_item_labels__search();

create or replace trigger _500_search_after_delete
  after delete on apartado.item_labels
  referencing old table as changed
  for each statement
  execute function apartado.tg_item_labels__search();
