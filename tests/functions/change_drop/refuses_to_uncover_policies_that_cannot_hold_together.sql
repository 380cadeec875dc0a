select plan(5);
select tests.item('disc');
select tests.item('tape');
create temporary table d as select tests.drop_of('1 hour', null, 'disc', 'tape') as id;
select from apartado.set_policy(null, 'short', '{"hold": 100}', p_drop => (select id from d));
select from apartado.set_policy(null, 'patient', '{"hold": "1000 hours"}', apartado.item_id('disc'));
select tests.refuses(format($$select * from apartado.change_drop(null, %s, p_items => array[apartado.item_id('tape')], p_reason => 'r')$$, (select id from d)),
                     'RS205/conflict', 'policy', 'an item that leaves the policy of its drop');
select tests.refuses(format($$select * from apartado.change_drop(null, %s, p_policy => 'default', p_reason => 'r')$$, (select id from d)),
                     'RS205/conflict', 'policy', 'a drop that leaves its policy');
select is(cardinality(items), 1, 'another item may leave') from apartado.change_drop(null, (select id from d), p_items => array[apartado.item_id('disc')], p_reason => 'r');
select lives_ok($$select * from apartado.set_policy(null, 'default', '{"queue_limit": 7}')$$, 'so the default can still be changed');
select tests.commits();
