select plan(5);
select tests.members('ana'), tests.operator('olga');
select is(tests.as_role('dba', 'select count(*) > 5 from apartado.health(null)'), 'true', 'a database administrator');
select is(tests.as_role('reader', 'select count(*) from apartado.health(null)'), '42501', 'a reader has the views');
select lives_ok('select * from apartado.health(''olga'')', 'an operator');
select tests.refuses('select * from apartado.health(''ana'')', 'RS602', 'actor', 'a member may not');
select tests.refuses('select * from apartado.health(''nobody'')', 'RS103', 'actor', 'nobody may not');
