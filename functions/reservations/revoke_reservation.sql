-- revoke_reservation: take a reservation away from its member, with a reason that they can read.
--
-- Gives   the reservation as it then is, and how many of those who waited were promoted
-- Raises  RS102 not there · RS205 no reason · RS401 expired · RS402 cancelled or revoked · RS404 sold
-- Locks   stock row, the wishes of those who wait there
-- Tells   reservation.revoked, queue.promoted and reservation.created for each promoted
create or replace function apartado.revoke_reservation(
  p_actor            text,
  p_reservation      bigint,
  p_reason           text,
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
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_reservation, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'revoke_reservation', v_request);
  v_found   record;
  v_done    record;
begin
  if v_answer is null then
    perform apartado._check_reason(p_reason);

    select * into v_found from apartado._lock_live_reservation(null, p_reservation);
    select * into v_done
      from apartado._give_back(v_found.stock, v_found.reservation, (v_found.reservation).quantity, 'revoked', p_reason, v_found.now);

    v_answer := jsonb_build_object(
      'reservation_id', p_reservation, 'status', (v_done.reservation).status, 'quantity', (v_done.reservation).quantity,
      'promoted', v_done.promoted);
    perform apartado._remember(v_owner, p_idempotency_key, 'revoke_reservation', v_request, v_answer);
  end if;

  select * into reservation_id, status, quantity, promoted
    from jsonb_to_record(v_answer) as (reservation_id bigint, status text, quantity integer, promoted integer);
end;
$$;

comment on function apartado.revoke_reservation(text, bigint, text, text) is 'Take a reservation away from its member, with a reason that they can read. Example: select * from apartado.revoke_reservation(null, 1, ''damaged in the shop'')';

grant execute on function apartado.revoke_reservation to apartado_api, apartado_operator;
