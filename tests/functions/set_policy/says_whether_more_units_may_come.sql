select plan(14);
select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('single', p_restock => false), tests.item('disc', 2), tests.item('sold'), tests.item('box', 2, p_restock => false);

-- what is sold for good may be waited for again
select from apartado.mark_sold(null, apartado.item_id('single'));
select is((select actions from apartado.get_status('ben', apartado.item_id('single'))), '{}', 'sold for good');
select from apartado.set_policy(null, 'reissued', '{"restock": true}', apartado.item_id('single'));
select is((select actions from apartado.get_status('ben', apartado.item_id('single'))), '{join_queue}', 'more may come now');
select is((select "position" from apartado.join_queue('ben', apartado.item_id('single'))), 1::bigint, 'and is waited for');

-- and who waits in vain is told so
select from apartado.mark_sold(null, apartado.item_id('sold'));
select tests.waiting('sold', 'ana', 'ben'), tests.held('disc', 'ana');
select from apartado.join_queue('ben', apartado.item_id('disc'), 3);
select from apartado.join_queue('cai', apartado.item_id('disc'), 2);
select from apartado.join_queue('dee', apartado.item_id('disc'));
select from apartado.suspend_entry('dee', apartado.item_id('disc'));
select is(tests.line('disc'), 'ben cai', 'ben wants more than there are');
select from apartado.set_policy(null, 'last', '{"restock": false}', apartado.item_id('sold'));
select is(tests.stock('sold'), '0 free, 0 held, 1 sold, 0 waiting', 'nobody waits in vain');
select is(tests.told('sold'), 'stock.changed, purchase.created, queue.joined ana, queue.joined ben, queue.closed ana, queue.closed ben, item.changed', 'both are told');
select is((select array_agg(distinct status || ' ' || reason) from apartado.queue_entries q join apartado.stock s using (stock_id) where s.item_id = apartado.item_id('sold')), '{"closed sold"}', 'why');
select tests.refuses($$select * from apartado.join_queue('cai', apartado.item_id('sold'))$$, 'RS305', 'item', 'nobody else may wait');

-- also where a location or the default says it; who stood behind is served
select is((select promoted from apartado.set_policy(null, 'clearance', '{"restock": false}', p_location => 'main')), 0, 'cai wants both');
select is(tests.line('disc'), 'cai', 'two there may be again');
select from apartado.resume_entry('dee', apartado.item_id('disc'));
select is((select promoted from apartado.set_policy(null, 'clearance', '{"fit": "fit"}')), 1, 'dee is served past cai');

-- one unit of what fits in parts is hope enough, and none where all must come at once
select from apartado.set_policy(null, 'clearance', '{"fit": "partial"}');
select tests.held('box', 'ana');
select from apartado.adjust_stock(null, apartado.item_id('box'), -1, 'broken');
select from apartado.join_queue('cai', apartado.item_id('box'));
update apartado.queue_entries q set quantity = 2 from apartado.stock s where s.stock_id = q.stock_id and s.item_id = apartado.item_id('box');
select is(tests.line('box'), 'cai', 'a part would do');
select from apartado.set_policy(null, 'clearance', '{"fit": "strict"}');
select is(tests.line('box'), 'nobody', 'both there will never be');
select tests.commits();
