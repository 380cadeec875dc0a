select plan(7);
select tests.members('ana'), tests.item('disc');
select tests.refuses($$select * from apartado.checkout('ana')$$, 'RS105', 'location');
select tests.refuses($$select * from apartado.checkout('ana', 'moon')$$, 'RS104/unknown', 'location');
select tests.refuses($$select * from apartado.checkout(null)$$, 'RS601', 'member');
select tests.refuses(format('select * from apartado.checkout(''ana'', p_mode => %L)', m), 'RS205', 'mode') from unnest(array[null, '', 'queue', 'Best_effort']) m;
