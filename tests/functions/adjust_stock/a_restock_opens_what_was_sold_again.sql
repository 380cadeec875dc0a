select plan(3);
select tests.members('ana', 'ben'), tests.item('disc');
select from apartado.mark_sold(null, apartado.item_id('disc'), p_buyer => 'ana');
select tests.waiting('disc', 'ben');
select is(promoted, 1, 'ben, who waited for it') from apartado.adjust_stock(null, apartado.item_id('disc'), 1, 'found another');
select is(tests.stock('disc'), '0 free, 1 held, 1 sold, 0 waiting', 'holds it');
select tests.commits();
