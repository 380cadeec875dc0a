select plan(3);
select tests.members('ana'), tests.item('more', 3), tests.item('fewer', 3);
select tests.held('more', 'ana');
select from apartado.reserve('ana', apartado.item_id('fewer'), 3);
select from apartado.mark_sold(null, apartado.item_id('more'), p_quantity => 2);
select is(tests.stock('more'), '1 free, 0 held, 2 sold, 0 waiting', 'one of hers and one of the free');
select from apartado.mark_sold(null, apartado.item_id('fewer'), p_quantity => 2);
select is(tests.stock('fewer') || ', ' || tests.holders('fewer'), '0 free, 1 held, 2 sold, 0 waiting, ana 1', 'the rest stays hers');
select tests.commits();
