select plan(4);
-- in Madrid the clocks go forward on 31 March 2030
set local timezone = 'Europe/Madrid';
select tests.freeze('2030-03-30 12:00Z');
select tests.members('ana'), tests.item('disc', 2);
create temporary table d as select drop_id, opens_at, closes_at from apartado.create_drop(null, 'Night', array[apartado.item_id('disc')], '2030-03-30 12:00Z', '2030-03-31 12:00Z', p_idempotency_key => 'k');
select is(expires_at - server_time, '168 hours', 'a hold over that night') from apartado.reserve('ana', apartado.item_id('disc'));
select tests.advance('23 hours 59 minutes 59 seconds');
select is(phase, 'live', 'after a day but a second') from apartado.list_drops(null);
select tests.advance('1 second');
select is(phase, 'ended', 'it ends after 24 hours') from apartado.list_drops(null);
set local timezone = 'UTC';
select is((opens_at, closes_at), ('2030-03-30 12:00Z'::timestamptz, '2030-03-31 12:00Z'::timestamptz), 'the key gives the same times back, whatever the zone')
  from apartado.create_drop(null, 'Night', array[apartado.item_id('disc')], '2030-03-30 12:00Z', '2030-03-31 12:00Z', p_idempotency_key => 'k');
