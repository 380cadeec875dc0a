-- _bought_by: what a member bought last, as JSON, the newest first.
--
-- Gives   what get_member shows, at most p_limit of them; [] for none. undone: how many of the units were taken back
create or replace function apartado._bought_by(p_member_id bigint, p_limit integer)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return
    (select coalesce(jsonb_agg(jsonb_build_object(
              'purchase_id', p.purchase_id, 'item_id', i.item_id, 'title', i.title, 'location', l.code, 'quantity', p.quantity,
              'price', p.price::text, 'currency', p.currency, 'purchased_at', apartado._utc(p.purchased_at), 'undone', p.undone,
              'reference', p.reference,
              'order_id', (select o.order_id from apartado.order_lines o where o.purchase_id = p.purchase_id))
              order by p.purchase_id desc), '[]')
       from (select u.* from apartado.purchases u where u.member_id = p_member_id order by u.purchase_id desc limit p_limit) p
      -- an index look-up for each row, see _cart_lines
      cross join lateral (select x.item_id, x.location_id from apartado.stock x where x.stock_id = p.stock_id offset 0) s
      cross join lateral (select x.item_id, x.title from apartado.items x where x.item_id = s.item_id offset 0) i
       join apartado.locations l on l.location_id = s.location_id);
end;
$$;

comment on function apartado._bought_by(bigint, integer) is 'What a member bought last, as JSON, the newest first.';
