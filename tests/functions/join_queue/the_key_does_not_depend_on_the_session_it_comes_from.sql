select plan(1);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
set local timezone = 'Europe/Madrid';
select from apartado.join_queue('ben', apartado.item_id('disc'), p_needed_until => '2030-02-01 12:00Z', p_idempotency_key => 'k');
set local timezone = 'America/Lima';
select lives_ok($$select * from apartado.join_queue('ben', apartado.item_id('disc'), p_needed_until => '2030-02-01 12:00Z', p_idempotency_key => 'k')$$,
                'the same moment in another time zone is the same request');
