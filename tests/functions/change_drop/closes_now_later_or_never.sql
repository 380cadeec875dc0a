select plan(12);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 2);
create temporary table d as select tests.drop_of('-1 hour', '1 hour', 'disc') as id;
select from apartado.announce_drops();
select is((phase, closes_at), ('live'::text, null::timestamptz), 'never') from apartado.change_drop(null, (select id from d), p_closes_at => 'infinity', p_reason => 'why not');
select is((phase, closes_at), ('ended'::text, '2030-01-01 12:00Z'::timestamptz), 'now') from apartado.change_drop(null, (select id from d), p_closes_at => '2030-01-01 12:00Z', p_reason => 'enough');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'))$$, 'RS308', 'item', 'it is closed');
select is((opened, closed), (0::bigint, 1::bigint), 'told') from apartado.announce_drops();
select is(phase, 'live', 'open again') from apartado.change_drop(null, (select id from d), p_closes_at => '2030-01-01 13:00Z', p_reason => 'an encore');
select is(outcome, 'reserved', 'it can be had') from apartado.reserve('ana', apartado.item_id('disc'));
select is((opened, closed), (1::bigint, 0::bigint), 'told as an opening') from apartado.announce_drops();
select tests.advance('1 hour');
select is((opened, closed), (0::bigint, 1::bigint), 'and closed once more') from apartado.announce_drops();
select is((select string_agg(kind, ' ' order by event_id) from apartado.events where kind like 'drop.%'),
          'drop.opened drop.changed drop.changed drop.closed drop.changed drop.opened drop.closed', 'all of it, in order');
select tests.refuses(format($$select * from apartado.change_drop(null, %s, p_closes_at => '2030-01-01 11:00Z', p_reason => 'r')$$, (select id from d)), 'RS204', 'closes_at', 'not before it opened');
select tests.refuses(format($$select * from apartado.change_drop(null, %s, p_opens_at => 'infinity', p_reason => 'r')$$, (select id from d)), 'RS204', 'opens_at', 'it opens some time');
select tests.commits();
