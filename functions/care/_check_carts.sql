-- _check_carts: one active cart each, what a line says is set aside is so, and who waits with a cart has it.
--
-- Gives   a row for each breach, as check_consistency
-- Notes   a reservation that is due counts as active here: whoever comes next settles it, and the line goes with it
create or replace function apartado._check_carts()
  returns table (
    rule     text,
    subject  text,
    found    text,
    expected text,
    repair   text
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select 'one active cart per owner and location', 'cart ' || min(c.cart_id), count(*) || ' carts', 'one',
         format('give all but one of the carts %s the status imported, and merge them: select * from apartado.merge_carts(null, p_everybody => true)',
                string_agg(c.cart_id::text, ', ' order by c.cart_id))
    from apartado.carts c
   where c.status = 'active'
   group by c.member_id, c.device_hash, c.location_id
  having count(*) > 1
   union all
  select 'a line that is set aside is its reservation', format('cart %s stock %s', l.cart_id, l.stock_id),
         concat_ws(' ', l.quantity, 'of', l.stock_id, 'for', c.member_id),
         concat_ws(' ', r.status, r.quantity, 'of', r.stock_id, 'for', r.member_id),
         format('update apartado.cart_lines set reservation_id = null where (cart_id, stock_id) = (%s, %s)', l.cart_id, l.stock_id)
    from apartado.cart_lines l
    join apartado.carts c on c.cart_id = l.cart_id
    join apartado.reservations r on r.reservation_id = l.reservation_id
   where l.left_at is null
     and (r.status, r.quantity, r.stock_id, r.member_id) is distinct from ('active', l.quantity, l.stock_id, c.member_id)
   union all
  select 'a line is kept where its cart is', format('cart %s stock %s', l.cart_id, l.stock_id), s.location_id::text, c.location_id::text,
         format('delete from apartado.cart_lines where (cart_id, stock_id) = (%s, %s)', l.cart_id, l.stock_id)
    from apartado.cart_lines l
    join apartado.carts c on c.cart_id = l.cart_id
    join apartado.stock s on s.stock_id = l.stock_id
   where s.location_id <> c.location_id
   union all
  select 'a merged cart is empty', 'cart ' || c.cart_id, count(*) || ' lines', 'none',
         format('update apartado.cart_lines set cart_id = %s where cart_id = %s', c.merged_into, c.cart_id)
    from apartado.carts c
    join apartado.cart_lines l on l.cart_id = c.cart_id
   where c.status = 'merged'
   group by c.cart_id
   union all
  select 'who stands in front of a location has a cart there', 'walk-in entry ' || w.walk_in_entry_id,
         concat_ws(' ', c.status, 'at', c.location_id), concat_ws(' ', 'active at', w.location_id), 'find out who wrote to walk_in_entries by hand'
    from apartado.walk_in_entries w
    join apartado.carts c on c.cart_id = w.cart_id
   where w.status = 'waiting'
     and (c.status, c.location_id) is distinct from ('active', w.location_id)
   union all
  select 'the next ticket is newer than every ticket', 'walk-in queue ' || q.location_id, q.next_ticket::text, 'more than ' || max(w.ticket),
         format('update apartado.walk_in_queues set next_ticket = %s where location_id = %s', max(w.ticket) + 1, q.location_id)
    from apartado.walk_in_queues q
    join apartado.walk_in_entries w on w.location_id = q.location_id
   group by q.location_id
  having max(w.ticket) >= q.next_ticket;
$$;

comment on function apartado._check_carts() is 'One active cart each, what a line says is set aside is so, and who waits with a cart has it.';
