-- _set_aside_merged: sets aside what can be had of the lines that came into hard carts.
--
-- Tells   what reserve tells
-- Notes   what cannot be had stays in the cart, with the code that says why. The caller holds the member's turn, the carts, and
--         the stock rows, locked and settled
create or replace function apartado._set_aside_merged(
  p_pairs     jsonb,
  p_stock_ids bigint[],
  p_member_id bigint,
  p_class_id  bigint,
  p_now       timestamptz
)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_cart_id bigint;
  v_done    jsonb;
begin
  for v_cart_id in
    select distinct p.into_id from jsonb_to_recordset(p_pairs) as p (into_id bigint) order by 1
  loop
    v_done := (
      select jsonb_agg(jsonb_build_object('line', l.line, 'item_id', l.item_id, 'location', l.location, 'quantity', l.quantity,
                                          'stock_id', l.stock_id) order by l.line)
        from apartado._cart_lines(v_cart_id, p_now) l
       where l.stock_id = any (p_stock_ids) and l.reservation_id is null);
    v_done := apartado._claim_all(v_done, p_member_id, p_class_id, 'best_effort', p_now);
    perform apartado._set_aside(v_cart_id, array(
      select d.stock_id
        from jsonb_to_recordset(v_done) as d (stock_id bigint, code text)
       where d.code is null), p_member_id, p_now);
  end loop;
end;
$$;

comment on function apartado._set_aside_merged(jsonb, bigint[], bigint, bigint, timestamptz) is 'Sets aside what can be had of the lines that came into hard carts.';
