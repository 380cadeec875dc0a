select plan(1);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
create temporary table first as
  select * from apartado.reserve('ben', apartado.item_id('disc'), p_if_unavailable => 'queue', p_idempotency_key => 'k');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select results_eq($$select f::text from apartado.reserve('ben', apartado.item_id('disc'), p_if_unavailable => 'queue', p_idempotency_key => 'k') f$$,
                  $$select f::text from first f$$, 'the first answer, although he holds it by now');
