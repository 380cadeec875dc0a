-- _claim_or_wait: what reserve does when it cannot go straight: settle the stock row, and look what the member may have.
--
-- Gives   the reservation that this settling promoted the member to, or that their offer became, or that they got past those
--         who cannot be served; or a place in the queue (the one they have, or a new one); neither: the straight way is clear
-- Raises  RS101 hidden · RS203 longer than the policy's hold · RS301 not enough · RS302 you hold one · RS303 you wait for it
--         RS305 sold · RS306 people are waiting · RS307 not open yet · RS308 closed · RS309 not for sale
--         RS501, RS504 limits; with 'queue' what _enqueue raises
-- Locks   stock row; the caller holds the member's turn
create or replace function apartado._claim_or_wait(
  p_member_id      bigint,
  p_class_id       bigint,
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
  v_stock   apartado.stock := apartado._lock_stock(p_item, p_location);
  v_queues  boolean := p_if_unavailable = 'queue';
  v_longest interval;
  v_own     record;
  v_done    record;
begin
  now := apartado.clock();
  perform apartado._check_open(v_stock, p_member_id, v_queues, now);
  v_longest := coalesce((apartado._class_policy(p_class_id)).hold, v_stock.hold);
  if p_ttl > v_longest then
    perform apartado._refuse('RS203', 'ttl', jsonb_build_object('ttl', p_ttl, 'longest', v_longest));
  end if;

  v_stock := (select f.stock from apartado._settle(v_stock, now) f);
  select * into v_own from apartado._own_claim(v_stock.stock_id, p_member_id);
  if v_own.reserved_at <> now then
    perform apartado._refuse_second(v_stock.stock_id, p_member_id);
  elsif v_own.status in ('waiting', 'suspended') and not v_queues then
    perform apartado._refuse('RS303', 'item', jsonb_build_object(
      'queue_entry_id', v_own.queue_entry_id,
      'position', apartado._position(v_stock.stock_id, v_own.priority, v_own.rank, now)));
  elsif v_own.reservation_id is null and v_own.queue_entry_id is null then
    v_stock := apartado._take_yielding(v_stock, p_member_id, p_quantity, now);
    if apartado._lets_pass(v_stock, p_quantity, now) then
      if v_stock.queue_length = 0 then
        return;
      end if;
      -- past people who cannot be served: through the queue, which keeps count of who was passed
      perform apartado._check_limits(v_stock, p_member_id, p_class_id, p_quantity, 'RS501', now);
      select e.stock into v_done from apartado._enqueue(v_stock, p_member_id, p_class_id, p_quantity, null, null, now, true) e;
      v_stock := (select f.stock from apartado._settle(v_done.stock, now, p_ttl) f);
    elsif v_queues then
      select e.stock into v_done from apartado._enqueue(v_stock, p_member_id, p_class_id, p_quantity, null, null, now) e;
      v_stock := v_done.stock;
    else
      perform apartado._refuse_unavailable(v_stock, p_quantity);
    end if;
    select * into v_own from apartado._own_claim(v_stock.stock_id, p_member_id);
  end if;

  if v_own.status = 'offered' then
    select * into v_done from apartado._accept_offer(v_stock, v_own.queue_entry_id, p_ttl, now);
    v_stock := v_done.stock;
    select * into v_own from apartado._own_claim(v_stock.stock_id, p_member_id);
  end if;

  reservation_id := v_own.reservation_id;
  queue_entry_id := v_own.queue_entry_id;
  "position" := case when queue_entry_id is not null then apartado._position(v_stock.stock_id, v_own.priority, v_own.rank, now) end;
  quantity := v_own.quantity;
  price := v_own.price;
  currency := v_own.currency;
  expires_at := v_own.expires_at;
  available := v_stock.available;
  reserved := v_stock.reserved;
  sold := v_stock.sold;
  queue_length := v_stock.queue_length;
  version := v_stock.version;
end;
$$;

comment on function apartado._claim_or_wait(bigint, bigint, bigint, text, integer, interval, text) is 'What reserve does when it cannot go straight: settle the stock row, and look what the member may have.';
