select plan(12);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc'), tests.item('tape', 2), tests.item('book');
insert into apartado.policies (name, hold) values ('short', '10 minutes');
create temporary table d as select tests.drop_of('1 hour', null, 'disc', 'tape') as id;
select tests.drop_of('1 hour', null, 'book');
select tests.waiting('tape', 'ana');
select is((items, promoted), (array[apartado.item_id('disc')], 1), 'the tape leaves it; who waited for its opening is served')
  from apartado.change_drop(null, (select id from d), p_items => array[apartado.item_id('disc')], p_reason => 'too many');
select is(tests.holders('tape'), 'ana 1', 'ana');
select is(outcome, 'reserved', 'it can be had at once') from apartado.reserve('ben', apartado.item_id('tape'));
select is(items, array[apartado.item_id('disc')], 'without a list they stay, and the policy comes') from apartado.change_drop(null, (select id from d), p_policy => 'short', p_reason => 'shorter');
select is(s.hold, '10 minutes', 'which governs') from apartado.stock s where item_id = apartado.item_id('disc');
select is(drop_id, (select id from d), 'and stays when it is not named') from apartado.change_drop(null, (select id from d), 'Title', p_reason => 'title');
select is(s.hold, '10 minutes', 'as before') from apartado.stock s where item_id = apartado.item_id('disc');
select is(drop_id, (select id from d), 'default: none of its own') from apartado.change_drop(null, (select id from d), p_policy => 'default', p_reason => 'longer');
select is(s.hold, '168 hours', 'the default again') from apartado.stock s where item_id = apartado.item_id('disc');
select results_eq($$select details ->> 'policy', details ->> 'title', details ->> 'reason' from apartado.events where kind = 'drop.changed' order by event_id$$, $$values
  ('short', null, 'shorter'), (null, 'Title', 'title'), ('default', null, 'longer')$$, 'each told with what became of it, and why');
select tests.refuses(format($$select * from apartado.change_drop(null, %s, p_items => array[apartado.item_id('book')], p_reason => 'r')$$, (select id from d)), 'RS312/other_drop', 'items', 'an item of another drop');
select tests.commits();
