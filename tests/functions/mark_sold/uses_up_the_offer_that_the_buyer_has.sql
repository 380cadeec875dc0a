select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 1);
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
update apartado.policies set promotion = 'offer';
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));

select tests.refuses($$ select * from apartado.mark_sold(null, apartado.item_id('disc')) $$, 'RS311/offered', 'quantity', 'it is offered to ben');
select is(buyer, 'ben', 'to ben himself it is sold') from apartado.mark_sold(null, apartado.item_id('disc'), p_buyer => 'ben');
select is(tests.stock('disc'), '0 free, 0 held, 1 sold, 0 waiting', 'and his offer is used up');
select is((select q.status from apartado.queue_entries q), 'promoted', 'as if he had accepted it');
select tests.commits();
