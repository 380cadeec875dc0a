select plan(4);
select tests.members('ana'), tests.item('disc'), tests.item('hidden', p_visible => false);
select tests.refuses($$select * from apartado.get_queue_position('zoe', apartado.item_id('disc'))$$, 'RS103', 'member', 'an unknown alias');
select tests.refuses($$select * from apartado.get_queue_position('ana', -1)$$, 'RS101', 'item', 'item -1');
select tests.refuses($$select * from apartado.get_queue_position('ana', apartado.item_id('hidden'))$$, 'RS101', 'item', 'a hidden item');
select tests.refuses($$select * from apartado.get_queue_position('ana', apartado.item_id('disc'), 'mars')$$, 'RS104', 'location', 'an unknown location');
