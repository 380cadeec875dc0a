select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
select apartado.add_to_cart(a, apartado.item_id('disc')) from unnest('{ana,ben}'::text[]) a;
select from apartado.add_to_cart(null, apartado.item_id('disc'), p_device => tests.device('phone'));
insert into apartado.carts (member_id, location_id, status, created_at)
select apartado._member_id('cai'), location_id, 'imported', apartado.clock() from apartado.carts limit 1;
insert into apartado.cart_lines (cart_id, stock_id, quantity, seen_price, added_at)
select c.cart_id, s.stock_id, 1, s.price, c.created_at from apartado.carts c, apartado.stock s where c.status = 'imported';
select tests.advance(retention + interval '1 second') from apartado.settings;
select from apartado.get_cart('ben'); -- a look writes nothing
select from apartado.change_cart_line('ana', apartado.item_id('disc'), 1);
update apartado.items set price = 20;
select from apartado._number_events();
select is(told, 1::bigint, 'the one that was used') from apartado.validate_carts();
select is((select member_id from apartado.events where data @> '{"lines": [{"change": "news"}]}'), apartado._member_id('ana'), 'ana''s');
select is((select count(*) from apartado.cart_lines where times_told > 0), 1::bigint, 'nothing is noted of the others');
select from apartado.merge_carts('ben', tests.device('phone'));
select is(told, 1::bigint, 'once it is a member''s, what came from a device is told') from apartado.validate_carts();
select is((select data #>> '{lines,0,price_before}' from apartado.events where member_id = apartado._member_id('ben') order by event_id desc limit 1), '12.50', 'against what was shown on it');
select tests.commits();
