select plan(1);
select tests.item('disc'), tests.item('lp');
select from apartado.pause_queue(null, apartado.item_id('disc'), true, 'why');
select is(value, 1::double precision, 'and no others') from apartado.metrics() where name = 'apartado_queues' and labels = '{"state": "paused"}';
