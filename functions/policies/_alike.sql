-- _alike: which stock rows have the same rules, because they have everything in common that _rules goes by.
--
-- Gives   a row for each kind: its stock rows, and an item and a location to ask _rules for
-- Notes   so that the rules of a whole shop are worked out a few times and not once for each row, while all are locked.
--         Every column of items and locations that _rules reads has to be here, too; of drops and policies it may read any
create or replace function apartado._alike(p_stock_ids bigint[])
  returns table (
    stock_ids   bigint[],
    item_id     bigint,
    location_id bigint
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select array_agg(s.stock_id), (array_agg(s.item_id))[1], (array_agg(s.location_id))[1]
    from unnest(p_stock_ids) a (stock_id)
   cross join lateral (select x.stock_id, x.item_id, x.location_id from apartado.stock x where x.stock_id = a.stock_id offset 0) s
   cross join lateral (select x.visible, x.for_sale, x.price, x.currency, x.restock, x.drop_id, x.policy_id
                         from apartado.items x where x.item_id = s.item_id offset 0) i
   cross join lateral (select x.policy_id from apartado.locations x where x.location_id = s.location_id offset 0) l
   group by i.visible, i.for_sale, i.price, i.currency, i.restock, i.drop_id, i.policy_id, l.policy_id;
$$;

comment on function apartado._alike(bigint[]) is 'Which stock rows have the same rules, because they have everything in common that _rules goes by.';
