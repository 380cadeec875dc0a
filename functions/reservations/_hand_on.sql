-- _hand_on: closes a reservation and makes one like it for another member.
--
-- Gives   the new reservation
-- Raises  RS302 they hold one · RS303 they wait for it · RS312 the holder themselves · RS501, RS504 their limits
-- Tells   reservation.cancelled, reservation.created
-- Notes   the caller holds both members' turns and the stock row, locked and bumped, and found the reservation alive.
--         One statement, so that rows and counters agree at its end; the stock row's counters stay as they are.
create or replace function apartado._hand_on(
  p_stock       apartado.stock,
  p_reservation apartado.reservations,
  p_to_id       bigint,
  p_class_id    bigint,
  p_now         timestamptz
)
  returns bigint
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock apartado.stock;
  v_own   record;
  v_done  record;
begin
  if p_to_id = p_reservation.member_id then
    perform apartado._refuse('RS312/self', 'to', jsonb_build_object('to', 'the holder'));
  end if;
  v_stock := (select f.stock from apartado._settle(p_stock, p_now) f);
  perform apartado._still_live(p_reservation.reservation_id);
  select * into v_own from apartado._own_claim(v_stock.stock_id, p_to_id);
  if v_own.reservation_id is not null then
    perform apartado._refuse('RS302/receiver', 'to', jsonb_build_object('to', 'holds one'));
  elsif v_own.queue_entry_id is not null then
    perform apartado._refuse('RS303/receiver', 'to', jsonb_build_object('to', 'waits for it'));
  end if;

  with closed as (
    update apartado.reservations r
       set status = 'cancelled', closed_at = greatest(p_now, r.reserved_at), reason = 'transferred'
     where r.reservation_id = p_reservation.reservation_id
    returning r.*
  ), made as (
    insert into apartado.reservations as r (stock_id, member_id, quantity, price, currency, reserved_at, expires_at,
                                            extensions, extended, payment_began_at, transferred_from)
    select c.stock_id, p_to_id, c.quantity, c.price, c.currency, c.reserved_at, c.expires_at,
           c.extensions, c.extended, c.payment_began_at, c.reservation_id
      from closed c
    returning r.reservation_id
  )
  update apartado.stock s
     set version = s.version + 1
    from (select max(m.reservation_id) as reservation_id from made m) m
   where s.stock_id = v_stock.stock_id
  returning s as stock, m.reservation_id into v_done;

  perform apartado._refuse(case left(l.code, 5) when 'RS501' then 'RS501/receiver' else 'RS504/receiver' end, 'to', l.facts)
     from apartado._limit_refusals(v_done.stock, p_to_id, p_class_id, 0, 'RS501', p_now) l;
  return v_done.reservation_id;
end;
$$;

comment on function apartado._hand_on(apartado.stock, apartado.reservations, bigint, bigint, timestamptz) is 'Closes a reservation and makes one like it for another member.';
