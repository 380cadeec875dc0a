select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.operator('olga'), tests.item('disc'), tests.item('lp');
create temporary table d as select tests.drop_of('0', null, 'disc', 'lp') as id;
select from apartado.add_wave(null, (select id from d), apartado.item_id('disc'), 1, '2030-01-01 15:00Z');
select from apartado.add_wave(null, (select id from d), apartado.item_id('lp'), 2, '2030-01-01 13:00Z');
create temporary table w as select wave_id as id from apartado.add_wave(null, (select id from d), apartado.item_id('lp'), 3, '2030-01-01 14:00Z');
select from w cross join lateral apartado.cancel_wave(null, w.id) c;
select tests.advance('1 hour');
select results_eq(format($$select concat_ws(' ', sku, location, quantity, status) from apartado.list_waves('olga', %s)$$, (select id from d)),
  array['lp main 2 released', 'lp main 3 cancelled', 'disc main 1 planned'], 'by their times, without a job');
select is(count(*), 1::bigint, 'as many as are asked for') from apartado.list_waves('olga', (select id from d), 1);
select tests.refuses(format('select * from apartado.list_waves(%L, %s)', 'ana', (select id from d)), 'RS602', 'actor', 'a member');
select tests.refuses('select * from apartado.list_waves(null, -1)', 'RS106', 'drop', 'no drop');
select tests.refuses(format('select * from apartado.list_waves(null, %s, 0)', (select id from d)), 'RS204', 'limit', 'none');
select tests.commits();
