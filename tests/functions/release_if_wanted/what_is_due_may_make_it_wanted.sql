select plan(5);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
select from apartado.reserve('ben', apartado.item_id('disc'), p_ttl => '1 hour');
select tests.held('disc', 'ana');
select from apartado.join_queue('cai', apartado.item_id('disc'), 2);
select from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'));
select tests.advance('1 hour');
select ok('reserve' = any (actions), 'cai could have both now') from apartado.get_status('cai', apartado.item_id('disc'));
select is((available, reserved), (0, 2), 'and nobody else') from apartado.get_status('cai', apartado.item_id('disc'));
select tests.refuses($$select * from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 hour')$$, 'RS402', 'reservation', 'ana comes too late');
select from apartado.expire_and_promote();
select is(tests.holders('disc'), 'cai 2', 'the sweep gives them to cai');
select tests.commits();
