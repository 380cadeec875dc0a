select plan(6);
select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai');
select is(("position", queue_length), (1::bigint, 2), 'the first') from apartado.get_queue_position('ben', apartado.item_id('disc'));
select is(("position", queue_length), (2::bigint, 2), 'the second') from apartado.get_queue_position('cai', apartado.item_id('disc'));
select is(("position", queue_length), (null::bigint, 2), 'who does not wait') from apartado.get_queue_position('dee', apartado.item_id('disc'));
select is(("position", queue_length), (null::bigint, 2), 'who holds it') from apartado.get_queue_position('ana', apartado.item_id('disc'));
select tests.refuses($$select * from apartado.get_queue_position(null, apartado.item_id('disc'))$$, 'RS601', 'member', 'a visitor');
select is((expected_wait, sample), (null::interval, 0), 'without a history nobody knows how long') from apartado.get_queue_position('ben', apartado.item_id('disc'));
