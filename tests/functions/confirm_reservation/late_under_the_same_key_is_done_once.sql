select plan(3);
select tests.freeze('2030-01-01 12:00Z');
update apartado.policies set late_confirm = true where name = 'default';

select tests.members('ana'), tests.item('disc', 2);
select tests.held('disc', 'ana');
select tests.advance('168 hours');
create temporary table first as select * from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), p_idempotency_key => 'k');
select results_eq($$select c::text from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), p_idempotency_key => 'k') c$$, $$select c::text from first c$$, 'the same');
select is(tests.stock('disc'), '1 free, 0 held, 1 sold, 0 waiting', 'once');
select tests.commits();
