select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc', 2);
select from apartado.set_policy(null, 'default', '{"promotion": "offer", "offer_window": 3600, "missed": "back"}');
select from apartado.reserve('cai', apartado.item_id('disc'), 2);
select tests.waiting('disc', 'ana');
select from apartado.join_queue('ben', apartado.item_id('disc'), p_needed_until => '2030-02-01Z');
select tests.waiting('disc', 'dan');
select from apartado.cancel_reservation('cai', tests.reservation('cai', 'disc'));
select tests.advance('1 hour');
create function pg_temp.said() returns text language sql as $$
  select string_agg(concat_ws(' ', m, p.position), ', ' order by m) from unnest(array['ana', 'ben', 'dan']) m, apartado.get_queue_position(m, apartado.item_id('disc')) p
$$;
create temporary table seen as select pg_temp.said();
select is(said, 'ana 2, ben 3, dan 1', 'also who needs it no longer than a time that is still to come') from seen;
select from apartado.expire_and_promote();
select is(tests.line('disc'), 'ben', 'and so it is served');
