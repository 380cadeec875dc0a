select plan(12);
select tests.members('ana'), tests.item('disc'), tests.item('secret', p_visible => false);
select tests.refuses(format($$select * from apartado.add_to_cart('ana', apartado.item_id('disc'), %L)$$, q), 'RS202', 'quantity') from unnest(array[null, 0, -1]) q;
select tests.refuses($$select * from apartado.add_to_cart('ana', null)$$, 'RS205', 'item');
select tests.refuses(format($$select * from apartado.add_to_cart('ana', %s)$$, i), 'RS101', 'item') from unnest(array[0, 999999, (select item_id from apartado.items where sku = 'secret')]) i;
select tests.refuses($$select * from apartado.add_to_cart('ana', apartado.item_id('disc'), p_location => 'moon')$$, 'RS104', 'location');
select from apartado.add_to_cart('ana', apartado.item_id('disc'), 2147483647);
select tests.refuses($$select * from apartado.add_to_cart('ana', apartado.item_id('disc'))$$, 'RS202', 'quantity', 'no number of units');
select tests.item('d' || n) from generate_series(1, 99) n;
insert into apartado.cart_lines (cart_id, stock_id, quantity, added_at)
select c.cart_id, s.stock_id, 1, apartado.clock() from apartado.carts c, apartado.stock s join apartado.items i using (item_id) where i.sku ~ '^d\d';
select tests.item('last');
select tests.refuses($$select * from apartado.add_to_cart('ana', apartado.item_id('last'))$$, 'RS204', 'item', 'a hundred lines');
select lives_ok($$select * from apartado.change_cart_line('ana', apartado.item_id('disc'), 1)$$, 'what is in it may still change');
select tests.commits();
