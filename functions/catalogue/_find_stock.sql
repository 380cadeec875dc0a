-- _find_stock: the stock rows that belong on a page of find_items, in order.
--
-- Gives   at most p_limit rows after the given one that the viewer may see, with the key that they are ordered by
-- Notes   the text of the statement differs in its order alone; it is planned for the values at hand, so that a
--         filter that was not given costs nothing (`null is null or …` is gone before planning).
--         The inner rows come in order, and the filter around them keeps it: another ORDER BY outside would be a sort, which
--         fetches all of them first. _status_condition leaves out what cannot have the status; _statuses decides, row by row,
--         until the page is full
create or replace function apartado._find_stock(
  p_sort        text,
  p_search      tsquery,
  p_year_from   integer,
  p_year_to     integer,
  p_price_from  numeric,
  p_price_to    numeric,
  p_status      text,
  p_location_id bigint,
  p_viewer_id   bigint,
  p_now         timestamptz,
  p_key         text,
  p_item_id     bigint,
  p_after_location_id bigint,
  p_limit       integer,
  p_parent      text
)
  returns table (
    stock_id    bigint,
    item_id     bigint,
    location_id bigint,
    key         text
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_order     record;
  v_statement text := $sql$
    select f.stock_id, f.item_id, f.location_id, f.key::text
      from (
        select s.stock_id, i.item_id, s.location_id, %1$s as key
          from apartado.items i
          join apartado.stock s on s.item_id = i.item_id
         where ($1 is null or i.search @@ $1)
           and ($2 is null or %5$s >= $2 and i.year is not null)
           and ($3 is null or %5$s <= $3 and i.year is not null)
           and ($4 is null or %6$s >= $4 and i.price is not null)
           and ($5 is null or %6$s <= $5 and i.price is not null)
           and ($10 is null or s.location_id = $10)
           and ($16 is null or i.parent = $16)
           and ($7 or i.visible or $8 <> '{}' and s.stock_id = any ($8))
           and %7$s
           and ($12 is null
                or (%1$s, i.item_id) %3$s= ($11::%2$s, $12)
                   and (i.item_id <> $12 or s.location_id > $13))
         order by %1$s %4$s, i.item_id %4$s, s.location_id
        offset 0
      ) f
     where $14 is null
        or exists (select from apartado._statuses($6, array[f.stock_id], $9) t where t.status = $14)
     limit $15
  $sql$;
begin
  select * into v_order from apartado._item_order(p_sort);

  return query execute
    format(v_statement, v_order.key, v_order.type,
           case when v_order.falling then '<' else '>' end,
           case when v_order.falling then 'desc' else 'asc' end,
           -- rows without a value come last in either order: so null is coalesced differently, with an index for each
           case p_sort when '-year' then v_order.key else 'coalesce(i.year, 10000)' end,
           case p_sort when '-price' then v_order.key else 'coalesce(i.price, ''Infinity'')' end,
           apartado._status_condition(p_status))
    using p_search, p_year_from, p_year_to, p_price_from, p_price_to, p_viewer_id, apartado._is_operator(p_viewer_id),
          apartado._held_stock(p_viewer_id, p_now), p_now, p_location_id, p_key, p_item_id, p_after_location_id, p_status, p_limit,
          p_parent;
end;
$$;

comment on function apartado._find_stock(text, tsquery, integer, integer, numeric, numeric, text, bigint, bigint, timestamptz, text, bigint, bigint, integer, text) is 'The stock rows that belong on a page of find_items, in order.';
