select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.item('disc'), tests.item('lp');
create temporary table d as select drop_id as id from apartado.create_drop('olga', 'Friday', array[apartado.item_id('disc')], '2030-01-04 18:00Z');
select from apartado.change_drop('olga', (select id from d), p_items => array[apartado.item_id('lp')], p_reason => 'the discs are late');
select is((select string_agg(concat_ws(' ', kind, details ->> 'reason'), ', ') from (select * from apartado.events order by event_id desc limit 2) e),
          'item.changed the discs are late, item.changed the discs are late', 'of the one that came and the one that went');
update apartado.locations set name = 'Elsewhere' where code = 'main';
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'location.changed', 'what comes after in the same transaction has not the same reason');
select tests.commits();
