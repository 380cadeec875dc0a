-- depends: 0023.webhooks
-- Whether more units may come is for policies to say, too.

alter table apartado.policies
  add column if not exists restock boolean;

comment on column apartado.policies.restock is 'Whether more units may come; false: a queue closes when the last unit is sold. Where no policy says it, the item does.';
comment on column apartado.items.restock is 'Whether more units may come, where no policy says it; false: its queue closes when the last unit is sold.';
