select plan(1);
select tests.item('disc', 9);
select is_empty($$select * from apartado.reserve_together('[]')$$, 'no request, no row');
