select plan(9);
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc', 3), tests.item('tape', 3);
select from apartado.join_walk_in(null, tests.device('phone'));
create temporary table placed as
select o.order_id from apartado.serve_next('olga') c, apartado.place_order('olga', p_cart => c.cart_id, p_lines => jsonb_build_array(jsonb_build_object('item', apartado.item_id('disc')))) o;
create function pg_temp.told(p_member text, p_device text) returns text language sql as $$
  select replace(s.text, ' ' || s.order_id || ' ', ' n ') from apartado.order_summary(p_member, (select order_id from placed), p_device => tests.device(p_device)) s
$$;
select is(pg_temp.told(null, 'phone'), E'Order n · Main\n1 × Title of disc · 12.50 EUR\nTotal: 12.50 EUR', 'the device out of whose cart it was sold');
select is(pg_temp.told('olga', 'pad'), E'Order n · Main\n1 × Title of disc · 12.50 EUR\nTotal: 12.50 EUR', 'operators as before');
select tests.refuses(format($$select * from apartado.order_summary(null, %s, p_device => tests.device('pad'))$$, order_id), 'RS108', 'order', 'no other device') from placed;
select tests.refuses(format($$select * from apartado.order_summary('ben', %s, p_device => tests.device('pad'))$$, order_id), 'RS108', 'order', 'nor somebody') from placed;
select from apartado.add_to_cart(null, apartado.item_id('tape'), p_device => tests.device('phone'));
select from apartado.merge_carts('ana', tests.device('phone'));
select is(pg_temp.told(null, 'phone'), pg_temp.told('olga', 'pad'), 'also when the cart went into a member''s since');
select is(pg_temp.told('ana', 'phone'), pg_temp.told('olga', 'pad'), 'and to who is signed in at it');
select tests.refuses(format($$select * from apartado.order_summary('ana', %s)$$, order_id), 'RS108', 'order', 'not without naming it') from placed;
create temporary table hers as select order_id from apartado.place_order('ana');
select tests.refuses(format($$select * from apartado.order_summary(null, %s, p_device => tests.device('phone'))$$, order_id), 'RS108', 'order', 'a member''s order is the member''s alone') from hers;
select tests.commits();
