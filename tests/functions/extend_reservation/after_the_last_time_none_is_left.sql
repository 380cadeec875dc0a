select plan(1);
select tests.members('ana'), tests.item('disc');
update apartado.policies set extension_limit = 1;
select tests.held('disc', 'ana');
select is(extensions_left, 0, 'and that is said') from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 hour');
