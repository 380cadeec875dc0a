comment on column apartado.items.restock is 'Whether more units may come. False: its queue closes when the last unit is sold.';

alter table apartado.policies
  drop column if exists restock;
