select plan(1);
select tests.members('ana'), tests.item('disc');
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
update apartado.items set price = 15;
select from apartado.reserve('ana', apartado.item_id('disc'));
select is(concat_ws(' ', lines #>> '{0,price}', lines #>> '{0,price_before}'), '15.00', 'what it cost when it came into the cart is past') from apartado.get_cart('ana');
