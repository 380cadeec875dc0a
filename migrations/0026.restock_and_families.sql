-- depends: 0025.alerts
-- Whether more units may come is for policies to say, too; and items may be variants of one thing.

alter table apartado.policies
  add column if not exists restock boolean;

comment on column apartado.policies.restock is 'Whether more units may come; false: a queue closes when the last unit is sold. Where no policy says it, the item does.';
comment on column apartado.items.restock is 'Whether more units may come, where no policy says it; false: its queue closes when the last unit is sold.';

alter table apartado.items
  drop constraint if exists item_parent_is_not_blank,
  add column if not exists parent text,
  add constraint item_parent_is_not_blank check (btrim(parent) <> '' and length(parent) <= 255);

comment on column apartado.items.parent is 'A code that the variants of one thing share: sizes of one shoe. No item of its own, because what is had is always a variant; null: it has no variants.';

create index if not exists items_of_a_parent on apartado.items (parent, item_id) where parent is not null;

-- these give or take more now, and are made anew with everything else
drop function if exists apartado._item_records(bigint[]);
drop function if exists apartado._find_stock(text, tsquery, integer, integer, numeric, numeric, text, bigint, bigint, boolean, bigint[], timestamptz, text, bigint, bigint, integer);
drop function if exists apartado.get_item(text, bigint);
drop function if exists apartado.find_items(text, text, text, text, text, text, integer, integer, text, text, numeric, numeric, text, text, text, text, integer);
