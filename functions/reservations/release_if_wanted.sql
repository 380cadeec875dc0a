-- release_if_wanted: let a reservation go as soon as somebody wants it, and keep it until then.
--
-- Gives   the reservation as it now is: cancelled as 'yielded', where somebody who waits is served with it at once
-- Raises  RS102 not there, or not yours · RS205 p_wanted is null · RS401 expired · RS402 cancelled or revoked · RS404 sold
-- Locks   the stock row, the wishes of those who wait there
-- Tells   reservation.changed; where it goes, reservation.cancelled, then queue.promoted and reservation.created
-- Notes   it goes as a whole, in the transaction in which somebody takes it: who reserves, who joins, who waits. Until then
--         its holder may confirm it, or take it back with p_wanted false; to begin to pay takes it back too.
create or replace function apartado.release_if_wanted(
  p_member             text,
  p_reservation        bigint,
  p_wanted             boolean default true,
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
  v_request   jsonb := jsonb_build_array(p_reservation, p_wanted);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'release_if_wanted', v_request);
  v_found     record;
  v_changed   record;
  v_wanted    apartado.reservations;
begin
  if v_answer is null then
    if p_wanted is null then
      perform apartado._refuse('RS205', 'wanted');
    end if;

    select * into v_found from apartado._lock_live_reservation(v_member_id, p_reservation);
    v_wanted := v_found.reservation;
    if v_wanted.yields <> p_wanted then
      v_wanted.yields := p_wanted;
      select * into v_changed from apartado._change_reservation(v_wanted);
      perform apartado._settle(v_changed.stock, v_found.now);
      select r.* into v_wanted from apartado.reservations r where r.reservation_id = p_reservation;
    end if;
    v_answer := apartado._reservation_answer(v_wanted, v_found.now);
    perform apartado._remember(v_owner, p_idempotency_key, 'release_if_wanted', v_request, v_answer);
  end if;

  select f.* into reservation_id, item_id, location, quantity, status, price, currency, reserved_at, expires_at, extensions,
                  extensions_left, payment_began_at, yields, reason, transferred_to, server_time
    from apartado._reservation_fields(v_answer) f;
end;
$$;

comment on function apartado.release_if_wanted(text, bigint, boolean, text) is 'Let a reservation go as soon as somebody wants it, and keep it until then. Example: select * from apartado.release_if_wanted(''ana'', 1)';

grant execute on function apartado.release_if_wanted to apartado_api, apartado_operator;
