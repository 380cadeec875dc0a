select plan(2);
select tests.item('disc'), tests.item('tape');
select is((select cardinality(items) from apartado.create_drop(null, 'Drop', array[array[apartado.item_id('disc')], array[apartado.item_id('tape')]], apartado.clock() + '1h')), 2, 'both items are in it');
select tests.commits();
