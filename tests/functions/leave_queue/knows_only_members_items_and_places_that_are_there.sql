select plan(6);
select tests.members('ana'), tests.item('disc');
select tests.refuses($$select * from apartado.leave_queue(null, apartado.item_id('disc'))$$, 'RS601', 'member', 'nobody');
select tests.refuses($$select * from apartado.leave_queue('zoe', apartado.item_id('disc'))$$, 'RS103', 'member', 'an unknown alias');
select tests.refuses($$select * from apartado.leave_queue('ana', null)$$, 'RS205', 'item', 'no item');
select tests.refuses($$select * from apartado.leave_queue('ana', 0)$$, 'RS101', 'item', 'item 0');
select tests.refuses($$select * from apartado.leave_queue('ana', apartado.item_id('disc'), 'mars')$$, 'RS104', 'location', 'an unknown location');
update apartado.members set barred_at = apartado.clock();
select tests.refuses($$select * from apartado.leave_queue('ana', apartado.item_id('disc'))$$, 'RS604', 'member', 'a barred member');
