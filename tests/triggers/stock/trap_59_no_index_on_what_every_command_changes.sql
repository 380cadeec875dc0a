select plan(2);
-- it would end HOT updates, and the hot row's table grew 40-fold in seconds
select is_empty($$
  select i.indexrelid::regclass, a.attname
    from pg_index i
    join pg_attribute a on a.attrelid = i.indrelid and (a.attnum = any (i.indkey) or pg_get_indexdef(i.indexrelid) ~ ('\m' || a.attname || '\M'))
   where i.indrelid in ('apartado.stock'::regclass, 'apartado.stock_tallies'::regclass)
     and a.attnum > 0
     -- what seldom changes: the drop; unserved after a mass promotion; the total with a delivery
     and a.attname not in ('stock_id', 'item_id', 'location_id', 'drop_id', 'unserved', 'total')
$$, 'stock and its tally are found by their keys, and by what seldom changes');
select is((select string_agg(relname, ' ' order by relname) from pg_class where oid in ('apartado.stock'::regclass, 'apartado.stock_tallies'::regclass) and 'fillfactor=50' = any (reloptions)),
          'stock stock_tallies', 'and the pages have room for the next version');
