-- extend_reservation: keep a reservation longer than its deadline.
--
-- Gives   the reservation as it now is
-- Raises  RS102 not there, or not yours · RS203 p_by is not positive, or longer than 366 days · RS306 people are waiting, and the policy says no then
--         RS401 expired · RS402 cancelled or revoked · RS404 sold · RS502 extended as often or as long as the policy allows;
--         the detail says how long would be possible
-- Locks   the member's turn, the stock row, the wishes of those who wait there
-- Tells   reservation.extended
-- Notes   p_by null: one more hold of the policy. Nothing lives longer than the policy's hold_cap from its beginning, and
--         one that was handed on began where it was first set aside. Added as seconds, because a day may have 23 or 25 hours.
create or replace function apartado.extend_reservation(
  p_member             text,
  p_reservation        bigint,
  p_by                 interval default null,
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
  v_request   jsonb := jsonb_build_array(p_reservation, extract(epoch from p_by));
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'extend_reservation', v_request);
  v_found     record;
  v_stock     apartado.stock;
  v_wanted    apartado.reservations;
  v_policy    apartado.policies;
  v_by        interval;
  v_longest   interval;
begin
  if v_answer is null then
    if extract(epoch from p_by) <= 0 or p_by > apartado._longest_hold() then
      perform apartado._refuse('RS203', 'by', jsonb_build_object('by', apartado._iso_8601(p_by), 'longest', apartado._iso_8601(apartado._longest_hold())));
    end if;

    perform apartado._take_turn(p_member);
    select * into v_found from apartado._lock_live_reservation(v_member_id, p_reservation);
    v_stock := (select f.stock from apartado._settle(v_found.stock, v_found.now) f);
    v_wanted := apartado._still_live(p_reservation);
    v_policy := apartado._own_policy(v_stock, v_member_id);
    v_by := make_interval(secs => extract(epoch from coalesce(p_by, v_policy.hold)));
    v_longest := least(v_policy.extension_total - v_wanted.extended,
                       make_interval(secs => extract(epoch from v_wanted.reserved_at + v_policy.hold_cap - v_wanted.expires_at)));
    if v_wanted.extensions >= v_policy.extension_limit or v_longest < interval '0' then
      v_longest := interval '0';
    end if;
    if v_by > v_longest then
      perform apartado._refuse(case when v_longest > interval '0' then 'RS502/longest' else 'RS502' end, 'by', jsonb_build_object(
        'limit', v_policy.extension_limit, 'used', v_wanted.extensions,
        'by', apartado._iso_8601(v_by), 'longest', apartado._iso_8601(v_longest)));
    elsif not v_policy.extend_while_wanted and apartado._wanted(v_stock.stock_id, v_member_id, v_found.now) then
      perform apartado._refuse('RS306/held', 'reservation', jsonb_build_object('queue_length', v_stock.queue_length));
    end if;

    v_wanted.expires_at := v_wanted.expires_at + v_by;
    v_wanted.extensions := v_wanted.extensions + 1;
    v_wanted.extended := v_wanted.extended + v_by;
    v_answer := (select apartado._reservation_answer(c.reservation, v_found.now) from apartado._change_reservation(v_wanted) c);
    perform apartado._remember(v_owner, p_idempotency_key, 'extend_reservation', v_request, v_answer);
  end if;

  select f.* into reservation_id, item_id, location, quantity, status, price, currency, reserved_at, expires_at, extensions,
                  extensions_left, payment_began_at, yields, reason, transferred_to, server_time
    from apartado._reservation_fields(v_answer) f;
end;
$$;

comment on function apartado.extend_reservation(text, bigint, interval, text) is 'Keep a reservation longer than its deadline. Example: select * from apartado.extend_reservation(''ana'', 1, ''1 hour'')';

grant execute on function apartado.extend_reservation to apartado_api, apartado_operator;
