select plan(8);
select tests.members('ana'), tests.operator('olga');
create function pg_temp.why(p_sql text) returns text language plpgsql as $$
declare
  v_detail text;
  v_column text;
begin
  execute p_sql;
exception when sqlstate 'RS105' then
  get stacked diagnostics v_detail = pg_exception_detail, v_column = column_name;
  return v_column || ': ' || v_detail;
end;
$$;
select is(pg_temp.why($$select apartado.place_order('ana')$$), 'location: cart: –', 'there is none');
select is(pg_temp.why($$select apartado.checkout('ana')$$), 'location: cart: –', 'likewise to check out');
select is(pg_temp.why($$select apartado.order_summary('ana')$$), 'location: cart: –', 'and to tell of');
create temporary table cart as select cart_id from apartado.get_cart('ana');
select is(pg_temp.why($$select apartado.place_order('ana')$$), format('location: cart: %s, lines: 0', cart_id), 'it is there and empty') from cart;
select is(pg_temp.why(format($$select apartado.place_order('olga', p_cart => %s)$$, cart_id)), format('cart: cart: %s, lines: 0', cart_id), 'of a named cart, too') from cart;
select is(pg_temp.why($$select apartado.checkout('ana')$$), format('location: cart: %s, lines: 0', cart_id), 'nothing to check out') from cart;
select is(pg_temp.why($$select apartado.order_summary('ana')$$), format('location: cart: %s, lines: 0', cart_id), 'nothing to tell of') from cart;
select tests.refuses(format($$select * from apartado.place_order('olga', p_cart => %s)$$, cart_id), 'RS105/till', 'cart') from cart;
