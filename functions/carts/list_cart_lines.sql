-- list_cart_lines: what is in a cart, as its owner sees it, for the operator at whose till it is sold.
--
-- Gives   a row for each line: what the item is to the owner now, what it costs them, and the code that stands against having it (null:
--         nothing does). No rows: nothing is in it, and place_order takes what they brought in its lines
-- Raises  RS601, RS602 not an operator · RS105 no such cart, or one that is used no more
-- Notes   what fell out is told, too, with RS401 or RS402: whoever brought it to the till buys it all the same, unless it is left
--         there (place_order, p_without)
create or replace function apartado.list_cart_lines(p_actor text, p_cart bigint)
  returns table (
    line           integer,
    item_id        bigint,
    sku            text,
    title          text,
    quantity       integer,
    status         text,
    code           text,
    available      integer,
    price          numeric,
    currency       text,
    reservation_id bigint,
    expires_at     timestamptz,
    added_at       timestamptz,
    server_time    timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_cart apartado.carts;
  v_now  timestamptz := apartado.clock();
begin
  perform apartado._operator(p_actor);
  select c.* into v_cart from apartado.carts c where c.cart_id = p_cart;
  if v_cart.cart_id is null or v_cart.status <> 'active' then
    perform apartado._refuse('RS105/operator', 'cart', jsonb_build_object('cart', p_cart));
  end if;

  return query
  select l.line, l.item_id, l.sku, l.title, l.quantity, l.status, l.code, l.available, l.price, l.currency, l.reservation_id, l.expires_at,
         l.added_at, v_now
    from apartado._cart_line_answers(v_cart, v_now, true) l
   order by l.line;
end;
$$;

comment on function apartado.list_cart_lines(text, bigint) is 'What is in a cart, as its owner sees it, for the operator at whose till it is sold. Example: select * from apartado.list_cart_lines(null, 1)';

grant execute on function apartado.list_cart_lines to apartado_api, apartado_operator;
