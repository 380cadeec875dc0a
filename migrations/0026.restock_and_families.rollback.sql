drop function if exists apartado._item_records(bigint[]);
drop function if exists apartado._find_stock(text, tsquery, integer, integer, numeric, numeric, text, bigint, bigint, boolean, bigint[], timestamptz, text, bigint, bigint, integer, text);
drop function if exists apartado.get_item(text, bigint);
drop function if exists apartado.find_items(text, text, text, text, text, text, integer, integer, text, text, numeric, numeric, text, text, text, text, integer, text);

drop index if exists apartado.items_of_a_parent;

alter table apartado.items
  drop constraint if exists item_parent_is_not_blank,
  drop column if exists parent;

comment on column apartado.items.restock is 'Whether more units may come. False: its queue closes when the last unit is sold.';

alter table apartado.policies
  drop column if exists restock;
