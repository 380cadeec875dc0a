select plan(7);
select tests.members('ana'), tests.operator('olga'), tests.item('disc', 5);
select from apartado.place_order('ana', p_lines => jsonb_build_array(jsonb_build_object('item', apartado.item_id('disc'))));
select tests.refuses($$select * from apartado.list_orders('ana')$$, 'RS602', 'actor', 'members see theirs in list_purchases');
select tests.refuses($$select * from apartado.list_orders('olga', 0)$$, 'RS108/operator', 'order');
select tests.refuses(format($$select * from apartado.list_orders('olga', %s, 'olga')$$, o), 'RS108/operator', 'order', 'of somebody else') from (select order_id from apartado.orders) x (o);
select tests.refuses($$select * from apartado.list_orders('olga', p_member => 'nobody')$$, 'RS103', 'member');
select tests.refuses(format($$select * from apartado.list_orders('olga', p_limit => %s)$$, n), 'RS204', 'limit') from (values ('0'), ('1001')) x (n);
select tests.commits();
