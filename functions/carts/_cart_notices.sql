-- _cart_notices: what happened to the lines of a cart since its owner was told last.
--
-- Gives   a list: lines that fell out, with the reason expired, cancelled or revoked and since when, and lines that cost something
--         else than when they were looked at last (price_changed; price or price_before null: none). validate_cart takes note of them
create or replace function apartado._cart_notices(p_cart apartado.carts, p_lines jsonb, p_now timestamptz)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(jsonb_agg(n.notice order by n.line), '[]')
      from (select l.line, jsonb_build_object('item_id', l.item_id, 'quantity', l.quantity, 'reason', l.reason, 'at', apartado._utc(l.left_at)) as notice
              from apartado._cart_lines(p_cart.cart_id, p_now) l
             where l.code is not null
             union all
            select p.line, jsonb_build_object('item_id', p.item_id, 'quantity', p.quantity, 'reason', 'price_changed',
                                              'price_before', p.price_before, 'price', p.price, 'currency', p.currency)
              from jsonb_to_recordset(p_lines) as p (
                     line integer, item_id bigint, quantity integer, status text, reservation_id bigint, price_before text, price text, currency text)
              join apartado._cart_lines(p_cart.cart_id, p_now) l on l.line = p.line
             where p.status is not null
               and p.reservation_id is null
               and l.seen_price is distinct from p.price::numeric) n
  );
end;
$$;

comment on function apartado._cart_notices(apartado.carts, jsonb, timestamptz) is 'What happened to the lines of a cart since its owner was told last.';
