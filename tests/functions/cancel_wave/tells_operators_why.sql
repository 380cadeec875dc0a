select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.item('disc');
create temporary table d as select tests.drop_of('0', null, 'disc') as id;
create temporary table w as select wave_id as id from apartado.add_wave(null, (select id from d), apartado.item_id('disc'), 2, '2030-01-01 13:00Z');
select from w cross join lateral apartado.cancel_wave('olga', w.id, 'it was ten') c;
select is((select concat_ws(' ', e.kind, e.details ->> 'cancelled', e.details ->> 'quantity', e.details ->> 'reason') from apartado.events e order by e.event_id desc limit 1),
          'drop.changed true 2 it was ten', 'with the reason');
update apartado.locations set name = 'Elsewhere' where code = 'main';
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'location.changed', 'which is of nothing that comes after');
select tests.commits();
