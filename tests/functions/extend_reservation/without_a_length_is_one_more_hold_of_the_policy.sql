select plan(2);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana'), tests.item('disc');
select from apartado.reserve('ana', apartado.item_id('disc'), p_ttl => '1 hour');
select is((select expires_at from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'))), '2030-01-08 13:00Z', 'seven days on top of the hour');
select tests.commits();
