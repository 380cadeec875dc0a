select plan(4);
select tests.members('ana'), tests.item('disc');
select tests.refuses($$select * from apartado.adjust_stock('ana', apartado.item_id('disc'), 1, 'gift')$$, 'RS602', 'actor', 'a member may not');
select is(tests.as_role('apartado_api', format($$select total from apartado.adjust_stock(null, %s, 1, 'gift')$$, apartado.item_id('disc'))), 'RS602', 'nor the service in its own name');
select is(tests.as_role('dba', format($$select total from apartado.adjust_stock(null, %s, 1, 'gift')$$, apartado.item_id('disc'))), '2', 'a database administrator may');
select is((select actor from apartado.events where details ->> 'reason' = 'gift'), 'role:dba', 'and is recorded by name');
