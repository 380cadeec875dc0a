select plan(3);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana'), tests.item('disc'), tests.item('other');
update apartado.policies set hold = '1 hour', hold_cap = '1 hour' where name = 'default';
select tests.held('disc', 'ana'), tests.held('other', 'ana');
select tests.advance('50 minutes');
select is((select expires_at from apartado.begin_payment('ana', tests.reservation('ana', 'disc'))), '2030-01-01 13:00Z', 'ten minutes');
update apartado.policies set hold = '20 minutes', hold_cap = '30 minutes' where name = 'default';
select is((select expires_at from apartado.begin_payment('ana', tests.reservation('ana', 'other'))), '2030-01-01 13:00Z', 'what was promised stays');
select tests.commits();
