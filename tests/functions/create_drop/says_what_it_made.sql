select plan(11);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.item('disc', 3), tests.item('tape');
insert into apartado.policies (name, drop_limit) values ('one-each', 1);
select tests.acts('olga');
create temporary table answer as
  select * from apartado.create_drop('olga', 'Friday', array[apartado.item_id('tape'), apartado.item_id('disc'), apartado.item_id('disc')],
                                     '2030-01-04 18:00Z', '2030-01-05 18:00Z', 'one-each');
select is(drop_id, (select drop_id from apartado.drops), 'drop_id') from answer;
select is(title, 'Friday', 'title') from answer;
select is(phase, 'upcoming', 'phase') from answer;
select is(opens_at, '2030-01-04 18:00Z', 'opens_at') from answer;
select is(closes_at, '2030-01-05 18:00Z', 'closes_at') from answer;
select is(items, array[apartado.item_id('disc'), apartado.item_id('tape')], 'items, each once') from answer;
select is(server_time, '2030-01-01 12:00Z', 'server_time') from answer;
select results_eq('select distinct drop_id, opens_at, closes_at, drop_limit from apartado.stock', 'select drop_id, opens_at, closes_at, 1 from answer', 'every stock row carries it');
select is((select string_agg(concat_ws(' ', kind, actor), ', ' order by event_id) from apartado.events where kind like 'item%'), 'item.changed olga, item.changed olga', 'and it is told');
select is((closes_at, phase), (null::timestamptz, 'live'::text), 'without an end it never closes, and a past opening is open')
  from apartado.create_drop(null, 'Always', '{}', '2029-12-31 00:00Z', p_policy => 'default');
select tests.commits();
