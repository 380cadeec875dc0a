-- _cart_answer: a cart as its owner sees it now, as the functions about carts answer it.
--
-- Gives   the fields of _cart_fields, in one value that is remembered under an idempotency key
create or replace function apartado._cart_answer(p_cart apartado.carts, p_now timestamptz)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_lines jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_object(
           'line', a.line, 'item_id', a.item_id, 'sku', a.sku, 'title', a.title, 'quantity', a.quantity, 'status', a.status,
           'code', a.code, 'available', a.available, 'price', a.price::text, 'price_before', a.price_before::text, 'currency', a.currency,
           'total', (a.price * a.quantity)::text, 'reservation_id', a.reservation_id, 'expires_at', apartado._utc(a.expires_at),
           'position', a."position", 'added_at', apartado._utc(a.added_at)) order by a.line), '[]')
    into v_lines
    from apartado._cart_line_answers(p_cart, p_now) a;

  return jsonb_build_object(
    'cart_id', p_cart.cart_id,
    'location', (select l.code from apartado.locations l where l.location_id = p_cart.location_id),
    'lines', v_lines,
    'totals', apartado._totals(v_lines),
    'notices', apartado._cart_notices(p_cart, v_lines, p_now),
    'checked_out', apartado._checked_out_answer(p_cart, p_now),
    'created_at', p_cart.created_at,
    'last_validated_at', p_cart.last_validated_at,
    'server_time', p_now);
end;
$$;

comment on function apartado._cart_answer(apartado.carts, timestamptz) is 'A cart as its owner sees it now, as the functions about carts answer it.';
