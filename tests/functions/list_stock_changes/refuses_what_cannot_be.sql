select plan(7);
select tests.members('ana'), tests.item('disc');
select tests.refuses($$select * from apartado.list_stock_changes('ana', apartado.item_id('disc'))$$, 'RS602', 'actor', 'a member may not');
select tests.refuses($$select * from apartado.list_stock_changes(null, -1)$$, 'RS101', 'item', 'item -1');
select tests.refuses($$select * from apartado.list_stock_changes(null, null)$$, 'RS101', 'item', 'no item');
select tests.refuses($$select * from apartado.list_stock_changes(null, apartado.item_id('disc'), 'mars')$$, 'RS104/unknown', 'location', 'an unknown location');
select tests.refuses(format($$select * from apartado.list_stock_changes(null, apartado.item_id('disc'), p_limit => %s)$$, n), 'RS204', 'limit', n) from unnest('{0,-1,1001}'::text[]) n;
