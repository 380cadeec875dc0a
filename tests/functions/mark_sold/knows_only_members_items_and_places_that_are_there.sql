select plan(6);
select tests.item('disc'), tests.item('hidden', p_visible => false);
select tests.refuses($$select * from apartado.mark_sold(null, apartado.item_id('disc'), p_buyer => 'zoe')$$, 'RS103', 'buyer', 'an unknown buyer');
select tests.refuses($$select * from apartado.mark_sold(null, null)$$, 'RS205', 'item', 'no item');
select tests.refuses($$select * from apartado.mark_sold(null, -1)$$, 'RS101', 'item', 'item -1');
select tests.refuses($$select * from apartado.mark_sold(null, apartado.item_id('disc'), 'mars')$$, 'RS104', 'location', 'an unknown location');
select is(quantity, 1, 'an operator sells what is hidden') from apartado.mark_sold(null, apartado.item_id('hidden'));
select tests.commits();
