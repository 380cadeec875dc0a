-- change_quantity: hold more or fewer units under the same reservation.
--
-- Gives   the reservation as it now is; the same number changes nothing
-- Raises  RS102 not there, or not yours · RS202 not a number from 1 · RS301 not enough is available
--         RS306 people are waiting · RS307 not open yet · RS308 closed · RS309 not for sale · RS312 the price has changed
--         RS401 expired · RS402 cancelled or revoked · RS404 sold · RS501 units of the item · RS504 units per drop
-- Locks   the member's turn, the stock row, the wishes of those who wait there
-- Tells   reservation.changed; queue.promoted and reservation.created for each who is served with what was given back
-- Notes   the deadline stays. More is what reserve would give, at the price that was frozen; while the item costs something
--         else, it is to be reserved anew.
create or replace function apartado.change_quantity(
  p_member             text,
  p_reservation        bigint,
  p_quantity           integer,
  p_idempotency_key    text default null,
  out reservation_id   bigint,
  out item_id          bigint,
  out location         text,
  out quantity         integer,
  out status           text,
  out price            numeric,
  out currency         text,
  out reserved_at      timestamptz,
  out expires_at       timestamptz,
  out extensions       integer,
  out extensions_left  integer,
  out payment_began_at timestamptz,
  out yields           boolean,
  out reason           text,
  out transferred_to   bigint,
  out server_time      timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id bigint := apartado._member_id(p_member);
  v_owner     text := apartado._canonical_alias(p_member);
  v_request   jsonb := jsonb_build_array(p_reservation, p_quantity);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'change_quantity', v_request);
  v_class_id  bigint;
  v_found     record;
begin
  if v_answer is null then
    if p_quantity is null or p_quantity < 1 then
      perform apartado._refuse('RS202', 'quantity', jsonb_build_object('quantity', p_quantity, 'smallest', 1));
    end if;

    v_class_id := (select t.class_id from apartado._take_turn(p_member) t);
    select * into v_found from apartado._lock_live_reservation(v_member_id, p_reservation);
    v_answer := apartado._reservation_answer(
      apartado._resize(v_found.stock, p_reservation, v_class_id, p_quantity, v_found.now), v_found.now);
    perform apartado._remember(v_owner, p_idempotency_key, 'change_quantity', v_request, v_answer);
  end if;

  select f.* into reservation_id, item_id, location, quantity, status, price, currency, reserved_at, expires_at, extensions,
                  extensions_left, payment_began_at, yields, reason, transferred_to, server_time
    from apartado._reservation_fields(v_answer) f;
end;
$$;

comment on function apartado.change_quantity(text, bigint, integer, text) is 'Hold more or fewer units under the same reservation. Example: select * from apartado.change_quantity(''ana'', 1, 2)';

grant execute on function apartado.change_quantity to apartado_api, apartado_operator;
