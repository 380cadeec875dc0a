select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('disc');
create temporary table d as select tests.drop_of('0', null, 'disc') as id;
select tests.refuses((select format('select * from apartado.verify_lottery(null, %s)', id) from d), 'RS312', 'drop', 'no lots are drawn');
select tests.refuses('select * from apartado.verify_lottery(null, 0)', 'RS106', 'drop', 'no drop');
select tests.refuses('select * from apartado.verify_lottery(null, null)', 'RS106', 'drop', 'null');
select tests.refuses((select format('select * from apartado.verify_lottery(''nobody'', %s)', id) from d), 'RS103', 'member', 'no such member');
