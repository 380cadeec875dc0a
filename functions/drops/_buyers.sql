-- _buyers: the newest sales of some items.
--
-- Gives   what anybody may know of them, the newest first; display_name is null where its owner did not consent to show it
-- Notes   the one place where a buyer gets a name for others. No bitmap scan: it would read and sort all sales of an item
create or replace function apartado._buyers(p_items bigint[], p_limit integer)
  returns table (
    purchase_id  bigint,
    item_id      bigint,
    bought_at    timestamptz,
    quantity     integer,
    display_name text
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
  set enable_bitmapscan = off
as $$
#variable_conflict use_column
begin
  return query
  select b.purchase_id, s.item_id, b.purchased_at, b.quantity, m.display_name
    from apartado.stock s
   cross join lateral (
      select p.purchase_id, p.member_id, p.purchased_at, p.quantity - p.undone as quantity
        from apartado.purchases p
       where p.stock_id = s.stock_id
         and p.undone < p.quantity
       order by p.purchase_id desc
       limit p_limit) b
    left join lateral (select x.display_name from apartado.members x where x.member_id = b.member_id and x.show_name offset 0) m on true
   where s.item_id = any (p_items)
   order by b.purchased_at desc, b.purchase_id desc
   limit p_limit;
end;
$$;

comment on function apartado._buyers(bigint[], integer) is 'The newest sales of some items.';
