select plan(2);
select throws_ok($$call apartado.loop_job('number_events')$$, '2D000', null, 'it commits, so it refuses to run inside one');
select is(tests.as_role('stranger', $$call apartado.loop_job('number_events')$$), '42501', 'and it is not for strangers');
