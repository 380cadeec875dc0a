select plan(4);
select tests.item('disc');
select from apartado.set_policy(null, 'capped', '{"hold": 50, "hold_cap": 100, "payment_window": 100}', apartado.item_id('disc'));
select from apartado.set_policy(null, 'slow', '{"hold": 101}');
select from apartado.set_policy(null, 'fast', '{"hold": 10}');
select tests.refuses($$select * from apartado.create_drop(null, 'Friday', array[apartado.item_id('disc')], '2100-01-01Z', p_policy => 'slow')$$, 'RS205/conflict', 'policy');
select lives_ok($$select * from apartado.create_drop(null, 'Friday', array[apartado.item_id('disc')], '2100-01-01Z', p_policy => 'fast')$$);
select tests.refuses($$select * from apartado.change_drop(null, (select drop_id from apartado.drops), p_policy => 'slow', p_reason => 'later')$$, 'RS205/conflict', 'policy');
select tests.commits();
