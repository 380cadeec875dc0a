select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
select from apartado.set_policy(null, 'parts', '{"fit": "partial", "promotion": "offer"}', p_item => apartado.item_id('disc'));
select tests.held('disc', 'ana', 'cai');
select from apartado.join_queue('ben', apartado.item_id('disc'), 2);
select tests.advance('1 minute');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
create function pg_temp.then(p_at timestamptz) returns text language sql as
$$ select concat_ws(' ', quantity, status) from apartado.queue_at(null, apartado.item_id('disc'), p_at) $$;
select is(pg_temp.then('2030-01-01 12:01Z'), '1 offered', 'one is free, and of two that are wanted one is offered');
select is((select concat_ws(' ', quantity, status) from apartado.list_queue(null, apartado.item_id('disc'))), '1 offered', 'as the queue says itself');
select is(pg_temp.then('2030-01-01 12:00Z'), '2 waiting', 'before that they waited for two');
