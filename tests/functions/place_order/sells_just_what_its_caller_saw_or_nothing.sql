select plan(22);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.operator('olga'), tests.item('disc', 5, p_price => 7), tests.item('lp', p_price => 100), tests.item('zine', 3, p_price => null);
select from apartado.set_policy(null, 'quick', '{"cart": "hard", "hold": 60}', p_item => apartado.item_id('lp'));
select from apartado.add_to_cart('ana', apartado.item_id('lp'));
select from apartado.add_to_cart('ana', apartado.item_id('disc'), 2);
select tests.advance('2 minutes');
create function pg_temp.cart() returns bigint language sql as $$ select c.cart_id from apartado.carts c join apartado.members m using (member_id) where m.alias = 'ana' $$;
create function pg_temp.expected(p_lines text) returns jsonb language sql as $$
  select coalesce(jsonb_agg(jsonb_build_object('item', apartado.item_id(split_part(l, ' ', 1)), 'quantity', split_part(l, ' ', 2)::integer, 'price', nullif(split_part(l, ' ', 3), ''))), '[]')
    from unnest(string_to_array(nullif(p_lines, ''), ', ')) l
$$;
create function pg_temp.sell(p_lines text, p_without text[] default null) returns text language sql as $$
  select format('select * from apartado.place_order(''olga'', p_cart => %s, p_expected => %L, p_without => %L)', pg_temp.cart(), pg_temp.expected(p_lines), array(select apartado.item_id(w) from unnest(p_without) w))
$$;
select results_eq(format($$select concat_ws(' ', sku, quantity, coalesce(code, 'ok')) from apartado.list_cart_lines('olga', %s)$$, pg_temp.cart()), array['disc 2 ok', 'lp 1 RS401'], 'the till sees what fell out, too');
select tests.refuses(pg_temp.sell('disc 2 7.00'), 'RS312/expected', 'expected', 'what fell out is sold only where it was seen');
select matches(tests.detail_of(pg_temp.sell('disc 2 7.00')), format('expected: 0, item: %s, .*quantity: 1', apartado.item_id('lp')), 'and named');
select tests.refuses(pg_temp.sell('disc 3 7.00, lp 1 100.00'), 'RS312/expected', 'expected', 'more units than there are in it');
select tests.refuses(pg_temp.sell('disc 1 7.00, lp 1 100.00'), 'RS312/expected', 'expected', 'fewer');
select tests.refuses(pg_temp.sell('disc 2 6.00, lp 1 100.00'), 'RS312/expected', 'expected', 'another price');
select tests.refuses(pg_temp.sell('disc 2, lp 1 100.00'), 'RS312/expected', 'expected', 'none');
select tests.refuses(pg_temp.sell('disc 2 7.00, lp 1 100.00, zine 1'), 'RS312/expected', 'expected', 'an item that is not in it');
select tests.refuses(pg_temp.sell(''), 'RS312/expected', 'expected', 'nothing');
select tests.refuses(format('select * from apartado.place_order(''olga'', p_cart => %s, p_expected => %L)', pg_temp.cart(), e), 'RS205', 'expected', e)
  from unnest(array['{}', '[1]', '[{"item": 1}]', '[{"item": 1, "quantity": 1, "price": null, "colour": "red"}]']
            || array(select format('[{"item": 1, "quantity": 1, "price": %s}]', p) from unnest(array['true', '{}', '"7 EUR"']) p)) e;
select is(tests.stock('disc') || ', ' || tests.stock('lp'), '5 free, 0 held, 0 sold, 0 waiting, 0 free, 1 held, 0 sold, 0 waiting', 'nothing was sold, nor let go');
select lives_ok(pg_temp.sell('disc 2 7.00', '{lp}'), 'what was seen is');
select lives_ok(format($$select from apartado.add_to_cart('ana', %1$s); select from apartado.place_order('olga', p_cart => %2$s, p_without => '{%3$s}', p_expected => '[{"item": %1$s, "quantity": 1, "price": %4$s}]')$$, apartado.item_id('disc'), pg_temp.cart(), apartado.item_id('lp'), p), p || ' is the price, too')
  from unnest(array['7', '7.0', '"7"']) p;
select tests.commits();
