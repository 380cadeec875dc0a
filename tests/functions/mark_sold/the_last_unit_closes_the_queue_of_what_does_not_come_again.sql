select plan(4);
select tests.members('ana', 'ben', 'cai'), tests.item('single', p_restock => false);
select tests.held('single', 'ana'), tests.waiting('single', 'ben', 'cai');
select is(buyer, 'ana', 'the holder bought it') from apartado.mark_sold(null, apartado.item_id('single'));
select is(tests.stock('single'), '0 free, 0 held, 1 sold, 0 waiting', 'nobody waits in vain');
select is((select string_agg(status || ' ' || reason, ', ') from apartado.queue_entries), 'closed sold, closed sold', 'both are told why');
select tests.commits();
