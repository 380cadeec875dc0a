select plan(8);
select tests.members('ana'), tests.item('disc'), tests.item('secret', p_visible => false);
select tests.refuses(format($$select * from apartado.recent_buyers(null, apartado.item_id('disc'), %s)$$, n), 'RS204', 'limit') from unnest('{null,0,-1,101}'::text[]) with ordinality u (n, o) where n is not null;
select tests.refuses($$select * from apartado.recent_buyers(null, apartado.item_id('disc'), null)$$, 'RS204', 'limit');
select tests.refuses($$select * from apartado.recent_buyers('ana', apartado.item_id('secret'))$$, 'RS101', 'item', 'a hidden item');
select tests.refuses($$select * from apartado.recent_buyers(null, -1)$$, 'RS101', 'item', 'item -1');
select tests.refuses($$select * from apartado.recent_buyers(null, null)$$, 'RS101', 'item', 'no item');
select tests.refuses($$select * from apartado.recent_buyers('nobody', apartado.item_id('disc'))$$, 'RS103', 'member');
