select plan(2);
select tests.freeze('2030-01-01 12:00Z');
update apartado.policies set late_confirm = true where name = 'default';

select tests.members('ana'), tests.item('disc', 2);
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
select tests.advance('168 hours');
set constraints all immediate;
select lives_ok($$select * from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), 1)$$, 'late');
select tests.commits();
