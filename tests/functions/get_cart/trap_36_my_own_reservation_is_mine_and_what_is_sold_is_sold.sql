select plan(3);
select tests.members('ana', 'ben'), tests.item('mine'), tests.item('sold', p_restock => false);
select apartado.add_to_cart('ana', i.item_id) from apartado.items i order by i.item_id;
select tests.held('mine', 'ana');
select from apartado.mark_sold(null, apartado.item_id('sold'), p_buyer => 'ben');
select is((select string_agg(l ->> 'status', ' ' order by l ->> 'line') from apartado.get_cart('ana') c, jsonb_array_elements(c.lines) l), 'reserved sold', 'in the cart');
select is((select string_agg(concat(status, ' ', in_cart), ', ' order by item_id) from apartado.list_statuses('ana')), 'reserved t, sold t', 'as in the list');
select tests.commits();
