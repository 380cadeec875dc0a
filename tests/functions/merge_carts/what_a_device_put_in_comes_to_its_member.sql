select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc', 9), tests.item('tape');
insert into apartado.locations (code, name) values ('till', 'Till');
select from apartado.transfer_stock(null, apartado.item_id('disc'), 3, 'main', 'till', 'why');
update apartado.policies set item_limit = 4;
select from apartado.add_to_cart('ana', apartado.item_id('disc'), 2);
select from apartado.add_to_cart(null, apartado.item_id('disc'), 3, p_device => tests.device('phone')); select from apartado.add_to_cart(null, apartado.item_id('tape'), p_device => tests.device('phone')); select from apartado.add_to_cart(null, apartado.item_id('disc'), p_location => 'till', p_device => tests.device('phone'));
select is((select string_agg(concat_ws(' ', location, merged, lines, units), ', ' order by cart_id) from apartado.merge_carts('ana', tests.device('phone'))), 'main 1 2 4, till 1 1 1', 'at every location');
select is(tests.cart('ana') || ' / ' || tests.cart('ana', 'till'), '4 disc, 1 tape / 1 disc', 'added up, to what one may have');
select is((select string_agg(status, ' ' order by cart_id) from apartado.carts), 'active merged merged active', 'the others are closed');
select is((select count(*) from apartado.merge_carts('ana', tests.device('phone'))), 0::bigint, 'again: there is nothing to merge');
select is((select string_agg(concat_ws(' ', m.alias, e.data -> 'lines' -> 0 ->> 'change'), ', ' order by e.event_id) from apartado.events e left join apartado.members m using (member_id)
            where e.kind = 'cart.changed' and e.event_id > (select max(event_id) - 5 from apartado.events)), 'ana changed, ana added, ana added, removed, removed', 'each is told what changed');
select tests.commits();
