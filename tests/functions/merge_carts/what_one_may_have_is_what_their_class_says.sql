select plan(4);
select tests.members('ana', 'ben', 'cid'), tests.item('disc', 30);
update apartado.policies set item_limit = 4;
select from apartado.set_policy(null, 'vip', '{"item_limit": 10}', p_class => 'vip', p_reason => 'new');
select from apartado.set_policy(null, 'new', '{"item_limit": 2}', p_class => 'new', p_reason => 'new');
select from apartado.set_member_class(null, 'ana', 'vip', 'test');
select from apartado.set_member_class(null, 'cid', 'new', 'test');
select apartado.add_to_cart(a, apartado.item_id('disc'), 3) from unnest('{ana,ben}'::text[]) a;
select apartado.add_to_cart(null, apartado.item_id('disc'), 3, p_device => tests.device(a)) from unnest('{ana,ben,cid}'::text[]) a;
select apartado.get_cart(a, tests.device(a)) from unnest('{ana,ben,cid}'::text[]) a;
select is(concat_ws(' / ', tests.cart('ana'), tests.cart('ben'), tests.cart('cid')), '6 disc / 4 disc / 2 disc', 'more for some, fewer for others');
insert into apartado.carts (member_id, location_id, status, created_at)
select m.member_id, l.location_id, 'imported', apartado.clock() from apartado.members m, apartado.locations l;
insert into apartado.cart_lines (cart_id, stock_id, quantity, added_at)
select c.cart_id, s.stock_id, 3, apartado.clock() from apartado.carts c, apartado.stock s where c.status = 'imported';
select is((select count(*) from apartado.merge_carts(null, p_everybody => true)), 3::bigint, 'an operator merges for all');
select is(concat_ws(' / ', tests.cart('ana'), tests.cart('ben'), tests.cart('cid')), '9 disc / 4 disc / 2 disc', 'each by their own class');
select tests.commits();
