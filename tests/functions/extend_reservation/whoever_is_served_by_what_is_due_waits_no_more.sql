select plan(3);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
select from apartado.reserve('cai', apartado.item_id('disc'), p_ttl => '1 hour');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select tests.advance('1 hour');
select is((select extensions from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 hour')), 1, 'ben has the unit that cai let lapse');
select is(tests.holders('disc'), 'ana 1, ben 1', 'who holds');
select tests.commits();
