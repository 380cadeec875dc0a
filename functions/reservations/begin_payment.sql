-- begin_payment: say that payment for a reservation has begun: from now on it is held for the payment window.
--
-- Gives   the reservation as it now is
-- Raises  RS102 not there, or not yours · RS312 payment has begun already · RS401 expired · RS402 cancelled or revoked
--         RS404 sold
-- Locks   the member's turn, the stock row, the wishes of those who wait there
-- Tells   reservation.extended, or .changed where the deadline comes nearer
-- Notes   once for each reservation. The deadline moves to the end of the policy's payment_window from now, also where that
--         is earlier than it was, and never beyond hold_cap. Who pays does not let it go: yields ends.
create or replace function apartado.begin_payment(
  p_member             text,
  p_reservation        bigint,
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
  v_request   jsonb := jsonb_build_array(p_reservation);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'begin_payment', v_request);
  v_found     record;
  v_changed   record;
  v_wanted    apartado.reservations;
  v_policy    apartado.policies;
begin
  if v_answer is null then
    perform apartado._take_turn(p_member);
    select * into v_found from apartado._lock_live_reservation(v_member_id, p_reservation);
    if (v_found.reservation).payment_began_at is not null then
      perform apartado._refuse('RS312/paying', 'reservation', jsonb_build_object(
        'payment_began_at', apartado._utc((v_found.reservation).payment_began_at), 'expires_at', apartado._utc((v_found.reservation).expires_at)));
    end if;

    v_wanted := v_found.reservation;
    v_policy := apartado._own_policy(v_found.stock, v_member_id);
    v_wanted.payment_began_at := v_found.now;
    v_wanted.yields := false;
    -- lowering hold_cap takes nothing away from reservations that already have a later deadline
    v_wanted.expires_at := least(v_found.now + v_policy.payment_window,
                                 greatest(v_wanted.reserved_at + v_policy.hold_cap, v_wanted.expires_at));
    select * into v_changed from apartado._change_reservation(v_wanted);
    perform apartado._settle(v_changed.stock, v_found.now);
    v_answer := apartado._reservation_answer(v_changed.reservation, v_found.now);
    perform apartado._remember(v_owner, p_idempotency_key, 'begin_payment', v_request, v_answer);
  end if;

  select f.* into reservation_id, item_id, location, quantity, status, price, currency, reserved_at, expires_at, extensions,
                  extensions_left, payment_began_at, yields, reason, transferred_to, server_time
    from apartado._reservation_fields(v_answer) f;
end;
$$;

comment on function apartado.begin_payment(text, bigint, text) is 'Say that payment for a reservation has begun: from now on it is held for the payment window. Example: select * from apartado.begin_payment(''ana'', 1)';

grant execute on function apartado.begin_payment to apartado_api, apartado_operator;
