select plan(8);
select tests.members('ana'), tests.item('disc', 2);
select tests.held('disc', 'ana');
select tests.refuses($$select * from apartado.mark_sold(null, apartado.item_id('disc'), p_quantity => 3)$$, 'RS301/operator', 'quantity', 'three of two');
select tests.refuses($$select * from apartado.mark_sold(null, apartado.item_id('disc'), p_quantity => 3, p_override => true)$$, 'RS301/operator', 'quantity', 'however it is overridden');
select tests.refuses($$select * from apartado.mark_sold(null, apartado.item_id('disc'), p_quantity => 2147483647)$$, 'RS301/operator', 'quantity', 'an absurd number');
select tests.refuses(format('select * from apartado.mark_sold(null, apartado.item_id(''disc''), p_quantity => %s)', q), 'RS202', 'quantity')
  from unnest(array['null', '0', '-1', '-2147483648']) q;
select tests.refuses($$select * from apartado.mark_sold(null, apartado.item_id('disc'), p_notes => repeat('n', 4001))$$, 'RS205', 'notes', 'endless notes');
