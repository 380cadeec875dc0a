-- cancel_reservation: give a reservation back, or some of its units.
--
-- Gives   the reservation as it then is, and how many of those who waited were promoted
-- Raises  RS102 not there, or not yours · RS202 fewer than one, or more than it holds · RS401 expired · RS402 cancelled or revoked · RS404 sold
-- Locks   stock row, the wishes of those who wait there
-- Tells   reservation.cancelled (or .changed for a part), queue.promoted and reservation.created for each promoted
create or replace function apartado.cancel_reservation(
  p_member           text,
  p_reservation      bigint,
  p_quantity         integer default null,
  p_idempotency_key  text default null,
  out reservation_id bigint,
  out status         text,
  out quantity       integer,
  out promoted       integer
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
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'cancel_reservation', v_request);
  v_found     record;
  v_done      record;
begin
  if v_answer is not null then
    select * into reservation_id, status, quantity, promoted
      from jsonb_to_record(v_answer) as (reservation_id bigint, status text, quantity integer, promoted integer);
    return;
  end if;

  select * into v_found from apartado._lock_live_reservation(v_member_id, p_reservation);
  if p_quantity < 1 or p_quantity > (v_found.reservation).quantity then
    perform apartado._refuse('RS202', 'quantity', jsonb_build_object('quantity', p_quantity, 'held', (v_found.reservation).quantity));
  end if;

  select * into v_done
    from apartado._give_back(v_found.stock, v_found.reservation, coalesce(p_quantity, (v_found.reservation).quantity),
                             'cancelled', null, v_found.now);
  reservation_id := p_reservation;
  status := (v_done.reservation).status;
  quantity := (v_done.reservation).quantity;
  promoted := v_done.promoted;

  perform apartado._remember(v_owner, p_idempotency_key, 'cancel_reservation', v_request, jsonb_build_object(
    'reservation_id', reservation_id, 'status', status, 'quantity', quantity, 'promoted', promoted));
end;
$$;

comment on function apartado.cancel_reservation(text, bigint, integer, text) is 'Give a reservation back, or some of its units. Example: select * from apartado.cancel_reservation(''ana'', 1)';

grant execute on function apartado.cancel_reservation to apartado_api, apartado_operator;
