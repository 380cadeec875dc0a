-- _claim_or_wait: what reserve does when it cannot go straight: settle the stock row, and look what the member may have.
--
-- Gives   the reservation that this settling promoted the member to, or a place in the queue (the one they have, or a new
--         one); neither: the straight way is clear now
-- Raises  RS101 hidden · RS203 longer than the policy's hold · RS301 not enough · RS302 you hold one · RS303 you wait for it
--         RS305 sold · RS306 people are waiting · RS309 not for sale; with 'queue' what _enqueue raises
-- Locks   stock row; the caller holds the member's turn
create or replace function apartado._claim_or_wait(
  p_member_id      bigint,
  p_item           bigint,
  p_location       text,
  p_quantity       integer,
  p_ttl            interval,
  p_if_unavailable text,
  out reservation_id bigint,
  out queue_entry_id bigint,
  out "position"     bigint,
  out quantity       integer,
  out price          numeric,
  out currency       text,
  out expires_at     timestamptz,
  out available      integer,
  out reserved       integer,
  out sold           integer,
  out queue_length   integer,
  out version        bigint,
  out now            timestamptz
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_stock apartado.stock;
  v_own   record;
  v_done  record;
begin
  v_stock := apartado._lock_stock(p_item, p_location);
  now := apartado.clock();
  perform apartado._check_open(v_stock, p_member_id);
  if p_ttl > v_stock.hold then
    perform apartado._refuse('RS203', 'ttl', jsonb_build_object('ttl', p_ttl, 'longest', v_stock.hold));
  end if;

  v_stock := (select f.stock from apartado._settle(v_stock, now) f);
  select * into v_own from apartado._own_claim(v_stock.stock_id, p_member_id);
  if v_own.reserved_at <> now then
    perform apartado._refuse_second(v_stock.stock_id, p_member_id);
  elsif v_own.queue_entry_id is not null and p_if_unavailable = 'fail' then
    perform apartado._refuse('RS303', 'item', jsonb_build_object(
      'queue_entry_id', v_own.queue_entry_id, 'position', apartado._position(v_stock.stock_id, v_own.ticket, now)));
  elsif v_own.reservation_id is not null or v_own.queue_entry_id is not null then
    reservation_id := v_own.reservation_id;
    queue_entry_id := v_own.queue_entry_id;
    "position" := case when queue_entry_id is not null then apartado._position(v_stock.stock_id, v_own.ticket, now) end;
    quantity := v_own.quantity;
    price := v_own.price;
    currency := v_own.currency;
    expires_at := v_own.expires_at;
  elsif v_stock.queue_length = 0 and v_stock.available >= p_quantity then
    return;
  elsif p_if_unavailable = 'queue' then
    select * into v_done from apartado._enqueue(v_stock, p_member_id, p_quantity, null, null, now);
    v_stock := v_done.stock;
    queue_entry_id := v_done.queue_entry_id;
    "position" := v_stock.queue_length;
    quantity := p_quantity;
  else
    perform apartado._refuse_unavailable(v_stock, p_quantity);
  end if;

  available := v_stock.available;
  reserved := v_stock.reserved;
  sold := v_stock.sold;
  queue_length := v_stock.queue_length;
  version := v_stock.version;
end;
$$;

comment on function apartado._claim_or_wait(bigint, bigint, text, integer, interval, text) is 'What reserve does when it cannot go straight: settle the stock row, and look what the member may have.';
