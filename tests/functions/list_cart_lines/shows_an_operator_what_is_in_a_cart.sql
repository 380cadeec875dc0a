select plan(10);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc', 1), tests.item('lp', 3), tests.item('gone', 1);
select from apartado.set_policy('olga', 'hard', '{"cart": "hard", "hold": 60}', p_item => apartado.item_id('gone'));
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select from apartado.add_to_cart('ana', apartado.item_id('lp'), 2);
select from apartado.add_to_cart('ana', apartado.item_id('gone'));
select from apartado.add_to_cart(null, apartado.item_id('lp'), p_device => tests.device('phone'));
select from apartado.reserve('ben', apartado.item_id('disc'));
create temporary table own as select c.cart_id, c.member_id is null as of_device from apartado.carts c;
create function pg_temp.shown(p_of_device boolean) returns text language sql as $$
  select string_agg(concat_ws(' ', l.sku, l.quantity, l.status, l.code, l.price), ', ' order by l.line) from own o cross join lateral apartado.list_cart_lines('olga', o.cart_id) l where o.of_device = p_of_device
$$;
select is(pg_temp.shown(false), 'disc 1 reserved_by_others RS301 12.50, lp 2 in_cart 12.50, gone 1 reserved 12.50', 'as its owner sees it');
select is((select string_agg(l ->> 'sku', ', ' order by (l ->> 'line')::integer) from apartado.get_cart('ana') c, jsonb_array_elements(c.lines) l), 'disc, lp, gone', 'the same');
select is(pg_temp.shown(true), 'lp 1 available 12.50', 'a device''s, too');
select tests.advance('2 minutes');
select is(pg_temp.shown(false), 'disc 1 reserved_by_others RS301 12.50, lp 2 in_cart 12.50, gone 1 available RS401 12.50', 'what fell out is told, for whoever brought it may still buy it');
select tests.refuses(format($$select * from apartado.list_cart_lines('ana', %s)$$, c), 'RS602', 'actor', 'members have get_cart') from (select cart_id from own where not of_device) x (c);
select tests.refuses(format($$select * from apartado.list_cart_lines('olga', %s)$$, c), 'RS105/operator', 'cart') from (values ('0'), ('null')) x (c);
select from apartado.clear_cart('ana');
select is(pg_temp.shown(false), null, 'nothing is in it');
select from apartado.merge_carts('ana', tests.device('phone'));
select tests.refuses(format($$select * from apartado.list_cart_lines('olga', %s)$$, c), 'RS105/operator', 'cart', 'one that is used no more') from (select cart_id from own where of_device) x (c);
select tests.commits();
