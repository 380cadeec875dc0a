-- list_purchases: what a member bought, the newest first.
--
-- Gives   item, quantity, the price of one unit, and when; undone: how many of these units an operator took back, when and why;
--         total: what the others cost; status: sold, or undone where none is left; order_id: the order it is a line of
create or replace function apartado.list_purchases(p_member text)
  returns table (
    purchase_id    bigint,
    reservation_id bigint,
    item_id        bigint,
    sku            text,
    title          text,
    location       text,
    quantity       integer,
    price          numeric,
    currency       text,
    total          numeric,
    status         text,
    reference      text,
    purchased_at   timestamptz,
    undone         integer,
    undone_at      timestamptz,
    undo_reason    text,
    order_id       bigint
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id bigint := apartado._member_id(p_member);
begin
  return query
  select p.purchase_id, p.reservation_id, i.item_id, i.sku, i.title, l.code, p.quantity, p.price, p.currency,
         p.price * (p.quantity - p.undone), case when p.undone = p.quantity then 'undone' else 'sold' end, p.reference,
         p.purchased_at, p.undone, p.undone_at, p.undo_reason, o.order_id
    from apartado.purchases p
    -- an index look-up for each row, see _cart_lines
   cross join lateral (select x.item_id, x.location_id from apartado.stock x where x.stock_id = p.stock_id offset 0) s
   cross join lateral (select x.item_id, x.sku, x.title from apartado.items x where x.item_id = s.item_id offset 0) i
    join apartado.locations l on l.location_id = s.location_id
    left join lateral (select x.order_id from apartado.order_lines x where x.purchase_id = p.purchase_id offset 0) o on true
   where p.member_id = v_member_id
   order by p.purchase_id desc;
end;
$$;

comment on function apartado.list_purchases(text) is 'What a member bought, the newest first. Example: select * from apartado.list_purchases(''ana'')';

grant execute on function apartado.list_purchases to apartado_api, apartado_operator;
