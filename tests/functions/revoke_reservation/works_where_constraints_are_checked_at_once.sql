select plan(1);
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
set constraints all immediate;
select is((select promoted from apartado.revoke_reservation(null, tests.reservation('ana', 'disc'), 'why')), 1, 'it promotes');
