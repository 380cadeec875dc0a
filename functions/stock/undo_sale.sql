-- undo_sale: take a sale back, whole or in part; the units go to those who wait, in the same transaction.
--
-- Gives   how many units came back, and how many of the purchase are sold still; the stock as it then is; visible: whether the
--         item is shown (one that was hidden when it sold out stays so); promoted: how many of those who waited were served
-- Raises  RS108 no such purchase · RS202 not a number of units that it still has · RS205 no reason · RS312 all of it was undone before
-- Locks   stock row, the wishes of those who wait there
-- Tells   purchase.undone with the reason, to the buyer and to operators; queue.promoted and reservation.created for each promoted
-- Notes   p_quantity null: all that is left of it. The purchase stays, with what of it was undone: undone units count no more
--         in sold, in limits, among the latest buyers and in figures. Queues that closed when the last unit was sold stay closed
create or replace function apartado.undo_sale(
  p_actor           text,
  p_purchase        bigint,
  p_reason          text,
  p_quantity        integer default null,
  p_idempotency_key text default null,
  out purchase_id   bigint,
  out undone        integer,
  out remaining     integer,
  out item_id       bigint,
  out visible       boolean,
  out available     integer,
  out reserved      integer,
  out sold          integer,
  out queue_length  integer,
  out promoted      integer,
  out server_time   timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_purchase, p_reason, p_quantity);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'undo_sale', v_request);
  v_stock   apartado.stock;
  v_left    integer;
  v_done    record;
begin
  if v_answer is null then
    perform apartado._check_reason(p_reason);

    update apartado.stock s
       set version = s.version + 1
     where s.stock_id = (select p.stock_id from apartado.purchases p where p.purchase_id = p_purchase)
    returning s.* into v_stock;
    if v_stock.stock_id is null then
      perform apartado._refuse('RS108/purchase', 'purchase', jsonb_build_object('purchase', p_purchase));
    end if;
    server_time := apartado.clock();
    v_stock := (select f.stock from apartado._settle(v_stock, server_time) f);

    v_left := (select p.quantity - p.undone from apartado.purchases p where p.purchase_id = p_purchase);
    undone := coalesce(p_quantity, v_left);
    if v_left = 0 then
      perform apartado._refuse('RS312/undone', 'purchase', jsonb_build_object('purchase', p_purchase, 'left', 0));
    elsif undone not between 1 and v_left then
      perform apartado._refuse('RS202', 'quantity', jsonb_build_object('quantity', p_quantity, 'smallest', 1, 'largest', v_left));
    end if;
    select * into v_done from apartado._settle(apartado._take_back(v_stock, p_purchase, undone, p_reason, server_time), server_time);
    v_stock := v_done.stock;

    v_answer := jsonb_build_object(
      'purchase_id', p_purchase, 'undone', undone, 'remaining', v_left - undone, 'item_id', v_stock.item_id,
      'visible', (select i.visible from apartado.items i where i.item_id = v_stock.item_id), 'available', v_stock.available,
      'reserved', v_stock.reserved, 'sold', v_stock.sold, 'queue_length', v_stock.queue_length, 'promoted', v_done.promoted,
      'server_time', server_time);
    perform apartado._remember(v_owner, p_idempotency_key, 'undo_sale', v_request, v_answer);
  end if;

  select * into purchase_id, undone, remaining, item_id, visible, available, reserved, sold, queue_length, promoted, server_time
    from jsonb_to_record(v_answer) as (
      purchase_id bigint, undone integer, remaining integer, item_id bigint, visible boolean, available integer, reserved integer,
      sold integer, queue_length integer, promoted integer, server_time timestamptz);
end;
$$;

comment on function apartado.undo_sale(text, bigint, text, integer, text) is 'Take a sale back, whole or in part; the units go to those who wait, in the same transaction. Example: select * from apartado.undo_sale(null, 1, ''it was the wrong record'')';

grant execute on function apartado.undo_sale to apartado_api, apartado_operator;
