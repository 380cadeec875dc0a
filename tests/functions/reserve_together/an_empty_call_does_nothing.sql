select plan(1);
select tests.item('disc', 9);
select is_empty($$select * from apartado.reserve_together(apartado.item_id('disc'), null, '[]')$$, 'no request, no row');
