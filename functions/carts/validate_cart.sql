-- validate_cart: look what became of your cart, and take note of it.
--
-- Gives   the cart, as get_cart, with all notices; afterwards they are told no more, and last_validated_at is this moment
-- Raises  RS601 nobody is signed in, and no device is named · RS104 no such location · RS105 no cart
-- Locks   the member's turn, the cart, the stock rows of lines whose time is over, by id, the wishes of those who wait there
-- Tells   cart.changed, reservation.expired and who is served, where the time of a line is over and nobody noticed yet
create or replace function apartado.validate_cart(
  p_member              text,
  p_location            text default null,
  p_device              text default null,
  p_idempotency_key     text default null,
  out cart_id           bigint,
  out location          text,
  out lines             jsonb,
  out totals            jsonb,
  out notices           jsonb,
  out checked_out       jsonb,
  out created_at        timestamptz,
  out last_validated_at timestamptz,
  out server_time       timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_who     record;
  v_request jsonb := jsonb_build_array(p_location, p_device);
  v_answer  jsonb;
  v_own     record;
  v_cart    apartado.carts;
  v_over    bigint[];
  v_now     timestamptz;
begin
  select * into v_who from apartado._cart_owner(p_member, p_device);
  v_answer := apartado._recall(v_who.owner, p_idempotency_key, 'validate_cart', v_request);
  if v_answer is null then
    select * into v_own from apartado._own_cart(p_member, v_who.device_hash, p_location);
    v_over := array(select l.stock_id from apartado._cart_lines((v_own.cart).cart_id, apartado.clock()) l where l.code = 'RS401');
    perform apartado._lock_stocks(v_over);
    v_now := apartado.clock();
    perform apartado._settle_all(v_over, v_now);
    update apartado.carts c
       set last_validated_at = v_now
     where c.cart_id = (v_own.cart).cart_id
    returning c.* into v_cart;
    v_answer := apartado._cart_answer(v_cart, v_now);
    perform apartado._take_note(v_cart, v_answer);
    -- again after _take_note, which may have removed the last line: then an order is of what was checked out
    v_answer := v_answer || jsonb_build_object('checked_out', apartado._checked_out_answer(v_cart, v_now));
    perform apartado._remember(v_who.owner, p_idempotency_key, 'validate_cart', v_request, v_answer);
  end if;

  select f.* into cart_id, location, lines, totals, notices, checked_out, created_at, last_validated_at, server_time
    from apartado._cart_fields(v_answer) f;
end;
$$;

comment on function apartado.validate_cart(text, text, text, text) is 'Look what became of your cart, and take note of it. Example: select * from apartado.validate_cart(''ana'')';

grant execute on function apartado.validate_cart to apartado_api, apartado_operator;
