select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.item('disc');
create temporary table d as select drop_id as id from apartado.create_drop('olga', 'Friday', array[apartado.item_id('disc')], '2030-01-04 18:00Z');
create function tests.last() returns text language sql as $$ select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1 $$;
select from apartado.add_wave('olga', (select id from d), apartado.item_id('disc'), 5, '2030-01-04 19:00Z', p_idempotency_key => 'k', p_reason => 'a box was found');
select is(tests.last(), 'drop.changed a box was found', 'it is told with the reason');
select tests.refuses($$select * from apartado.add_wave('olga', (select id from d), apartado.item_id('disc'), 5, '2030-01-04 19:00Z', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'without the reason it is another request');
select tests.refuses($$select * from apartado.add_wave('olga', (select id from d), apartado.item_id('disc'), 5, '2030-01-04 19:00Z', p_reason => ' ')$$, 'RS205', 'reason');
update apartado.locations set name = 'Elsewhere' where code = 'main';
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'location.changed', 'what comes after in the same transaction has not the same reason');
select tests.advance('79 hours 30 minutes');
-- the first wave is due when the third is planned: its units come with it, for no reason but their time
select from apartado.add_wave('olga', (select id from d), apartado.item_id('disc'), 5, '2030-01-04 21:00Z', p_reason => 'another box');
select is((select string_agg(kind, ', ' order by kind) from apartado.events where details ->> 'reason' = 'another box'), 'drop.changed', 'units that come meanwhile do not come for it');
select tests.commits();
