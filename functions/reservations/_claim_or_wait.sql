-- _claim_or_wait: what reserve does when it cannot go straight: settle the stock row, and look what the member may have.
--
-- Gives   a reservation: a new one, or the one that this settling promoted the member to, or that their offer became;
--         or a place in the queue: the one they have, or a new one
-- Raises  RS101 no such item · RS104 not kept at that location, and the first of _refusals
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
  v_stock  apartado.stock := apartado._lock_stock(p_item, p_location);
  v_queues boolean := p_if_unavailable = 'queue';
  v_own    record;
  v_done   record;
begin
  now := apartado.clock();
  select * into v_done from apartado._settle(v_stock, now);
  perform apartado._refuse(r.code, r.parameter, r.facts)
     from apartado._refusals(v_done.stock, p_member_id, p_class_id, p_quantity, p_ttl, now, v_queues,
                             apartado._was_promoted(v_stock.stock_id, p_member_id, now)) r;
  v_stock := apartado._claim(v_done.stock, p_member_id, p_class_id, p_quantity, p_ttl, now);
  select * into v_own from apartado._own_claim(v_stock.stock_id, p_member_id);

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
