-- accept_offer: take what the queue offers, as a reservation.
--
-- Gives   the reservation
-- Raises  RS107 not there, or not yours · RS401 the offer was missed · RS302 you hold one of it · RS312 there is no offer to accept
-- Locks   the member's turn, the stock row, the wishes of those who wait there
-- Tells   queue.promoted, reservation.created
-- Notes   units that were offered count as reserved already, so nobody else could take them meanwhile, and an offer that was
--         made is kept, although its drop may have closed since. Too late is too late, whether or not a job ran: the
--         refusal undoes the settling, and whoever comes next does it again.
create or replace function apartado.accept_offer(
  p_member           text,
  p_entry            bigint,
  p_idempotency_key  text default null,
  out reservation_id bigint,
  out item_id        bigint,
  out location       text,
  out quantity       integer,
  out price          numeric,
  out currency       text,
  out expires_at     timestamptz,
  out server_time    timestamptz
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
  v_request   jsonb := jsonb_build_array(p_entry);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'accept_offer', v_request);
  v_found     record;
  v_done      record;
begin
  if v_answer is null then
    perform apartado._take_turn(p_member);
    select * into v_found from apartado._lock_live_offer(v_member_id, p_entry);
    v_found.stock := (select f.stock from apartado._settle(v_found.stock, v_found.now) f);
    if exists (
      select
        from apartado.reservations r
       where r.stock_id = (v_found.stock).stock_id and r.member_id = v_member_id and r.status = 'active'
    ) then
      perform apartado._refuse_second((v_found.stock).stock_id, v_member_id);
    end if;

    select * into v_done from apartado._accept_offer(v_found.stock, p_entry, null, v_found.now);

    v_answer := jsonb_build_object(
      'reservation_id', (v_done.reservation).reservation_id, 'item_id', (v_done.stock).item_id,
      'location', (select l.code from apartado.locations l where l.location_id = (v_done.stock).location_id),
      'quantity', (v_done.reservation).quantity, 'price', (v_done.reservation).price, 'currency', (v_done.reservation).currency,
      'expires_at', (v_done.reservation).expires_at, 'server_time', v_found.now);
    perform apartado._remember(v_owner, p_idempotency_key, 'accept_offer', v_request, v_answer);
  end if;

  select * into reservation_id, item_id, location, quantity, price, currency, expires_at, server_time
    from jsonb_to_record(v_answer) as (
      reservation_id bigint, item_id bigint, location text, quantity integer, price numeric, currency text, expires_at timestamptz,
      server_time timestamptz);
end;
$$;

comment on function apartado.accept_offer(text, bigint, text) is 'Take what the queue offers, as a reservation. Example: select * from apartado.accept_offer(''ben'', 1)';

grant execute on function apartado.accept_offer to apartado_api, apartado_operator;
