-- transfer_reservation: hand a reservation on to another member.
--
-- Gives   the reservation as it now is, cancelled as 'transferred'; transferred_to is the one of the other member
-- Raises  RS102 not there, or not yours · RS103 p_to is no member who may reserve · RS205 p_to is missing
--         RS302 they hold one · RS303 they wait for it · RS312 to yourself · RS401 expired · RS402 cancelled or revoked
--         RS404 sold · RS501, RS504 their limits
-- Locks   both members' turns, by id, then the stock row, the wishes of those who wait there
-- Tells   reservation.cancelled, reservation.created
-- Notes   units, price, deadline, since when it is held and paid for stay as they are, with the extensions that were used: handing
--         it to and fro keeps it no longer. Whether they let it go when it is wanted is for its new holder to say.
--         It is the holder's right also while people wait: nobody is served later by it.
create or replace function apartado.transfer_reservation(
  p_member             text,
  p_reservation        bigint,
  p_to                 text,
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
  v_request   jsonb := jsonb_build_array(p_reservation, p_to);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'transfer_reservation', v_request);
  v_to_id     bigint;
  v_class_id  bigint;
  v_found     record;
  v_new_id    bigint;
  v_old       apartado.reservations;
begin
  if v_answer is null then
    -- before the receiver is looked up: otherwise anybody could find out aliases by handing on what they do not hold
    if not exists (select from apartado.reservations r
                    where r.reservation_id = p_reservation and r.member_id = v_member_id and apartado._over(r, apartado.clock()) is null) then
      perform apartado._lock_live_reservation(v_member_id, p_reservation);
    end if;
    v_to_id := apartado._receiver(p_to);
    perform apartado._bump_turns(array[v_member_id, v_to_id]);
    v_class_id := (select t.class_id from apartado.member_turns t where t.member_id = v_to_id);
    -- both again, under their turns: while this waited for them, bar_member or anonymise may have barred either, or freed the
    -- alias for somebody else
    if (apartado._member_id(p_member), apartado._receiver(p_to)) <> (v_member_id, v_to_id) then
      perform apartado._refuse('RS103', 'to');
    end if;
    select * into v_found from apartado._lock_live_reservation(v_member_id, p_reservation);
    v_new_id := apartado._hand_on(v_found.stock, v_found.reservation, v_to_id, v_class_id, v_found.now);
    select r.* into v_old from apartado.reservations r where r.reservation_id = p_reservation;
    v_answer := apartado._reservation_answer(v_old, v_found.now, v_new_id);
    perform apartado._remember(v_owner, p_idempotency_key, 'transfer_reservation', v_request, v_answer);
  end if;

  select f.* into reservation_id, item_id, location, quantity, status, price, currency, reserved_at, expires_at, extensions,
                  extensions_left, payment_began_at, yields, reason, transferred_to, server_time
    from apartado._reservation_fields(v_answer) f;
end;
$$;

comment on function apartado.transfer_reservation(text, bigint, text, text) is 'Hand a reservation on to another member. Example: select * from apartado.transfer_reservation(''ana'', 1, ''cai'')';

grant execute on function apartado.transfer_reservation to apartado_api, apartado_operator;
