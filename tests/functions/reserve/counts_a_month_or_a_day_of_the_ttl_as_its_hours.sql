select plan(4);
-- a month has 28 to 31 days and a day 23 to 25 hours: an interval that compares as seven days may end on the eighth
select tests.freeze('2030-01-10 12:00Z');
set local timezone = 'Europe/Madrid';
select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc', 4);
select is((select expires_at - server_time from apartado.reserve('ana', apartado.item_id('disc'), p_ttl => '1 month -23 days')), interval '168 hours',
          'a month less 23 days is 168 hours, not eight days');
select tests.freeze('2030-02-10 12:00Z');
select is((select expires_at - server_time from apartado.reserve('ben', apartado.item_id('disc'), p_ttl => '1 month -29 days')), interval '24 hours',
          'a month less 29 days is 24 hours, and not born dead in February');
select tests.freeze('2030-03-30 12:00Z');
select is((select expires_at - server_time from apartado.reserve('cai', apartado.item_id('disc'), p_ttl => '1 day')), interval '24 hours',
          'a day over the change to summer time is 24 hours');
select tests.freeze('2030-10-26 12:00Z');
select is((select expires_at - server_time from apartado.reserve('dee', apartado.item_id('disc'), p_ttl => '7 days')), interval '168 hours',
          'seven days over the change to winter time are 168 hours');
