select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('disc'), tests.item('lp');
create temporary table d as select tests.drop_of('0', '1 hour', 'disc', 'lp') as id;
create temporary table w as select wave_id as id from apartado.add_wave(null, (select id from d), apartado.item_id('disc'), 1000, '2030-01-01 12:30Z');
select tests.refuses(format($$select * from apartado.change_drop(null, %s, p_items => array[apartado.item_id('lp')], p_reason => 'r')$$, (select id from d)), 'RS312/wave', 'items', 'a wave keeps its item in the drop');
select is(concat_ws(' ', c.wave_id = w.id, c.drop_id = (select id from d), c.item_id = apartado.item_id('disc'), c.location, c.quantity, c.due_at at time zone 'UTC', c.promoted),
          't t t main 1000 2030-01-01 12:30:00 0', 'the wave, as it was planned') from w cross join lateral apartado.cancel_wave(null, w.id, 'it was ten') c;
select is(string_agg(concat_ws(' ', quantity, status), ', '), '1000 cancelled', 'its history stays') from apartado.list_waves(null, (select id from d));
select is(next_wave_at, null, 'nobody is told to wait for it') from apartado.list_drops(null) where drop_id = (select id from d);
select lives_ok(format($$select * from apartado.change_drop(null, %s, p_items => array[apartado.item_id('lp')], p_reason => 'r')$$, (select id from d)), 'its item may leave');
select tests.advance('30 minutes');
select from apartado.expire_and_promote();
select is(tests.stock('disc'), '1 free, 0 held, 0 sold, 0 waiting', 'the units do not come');
select is_empty('select * from apartado.check_consistency()', 'and all is well');
select tests.commits();
select is(available, 1, 'for who asks, either') from apartado.get_status(null, apartado.item_id('disc'));
