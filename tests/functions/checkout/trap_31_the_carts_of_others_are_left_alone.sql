select plan(3);
select tests.members('ana', 'ben'), tests.item('disc', 2);
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select from apartado.add_to_cart('ben', apartado.item_id('disc'));
select from apartado.add_to_cart(null, apartado.item_id('disc'), p_device => tests.device('phone'));
select from apartado.checkout('ana');
select is(tests.cart('ana') || ' / ' || tests.cart('ben'), 'nothing / 1 disc', 'ben''s line is his');
select is((select jsonb_array_length(lines) from apartado.get_cart(null, tests.device('phone'))), 1, 'and the device''s is the device''s');
select tests.commits();
