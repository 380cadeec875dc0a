select plan(5);
select tests.members('ana'), tests.item('disc', 3), tests.item('tape');
select from apartado.add_to_cart(null, apartado.item_id('disc'), 2, p_device => tests.device('phone'));
select from apartado.add_to_cart('ana', apartado.item_id('disc')); select from apartado.add_to_cart('ana', apartado.item_id('tape'));
select is((select string_agg(concat_ws(' ', l ->> 'quantity', l ->> 'sku'), ', ' order by l ->> 'sku') from apartado.get_cart('ana', tests.device('phone')) c, jsonb_array_elements(c.lines) l), '3 disc, 1 tape', 'added up');
select is((select (status, merged_into = (select cart_id from apartado.get_cart('ana')))::text from apartado.carts where device_hash is not null), '(merged,t)', 'the device''s is closed');
select is((select c.lines from apartado.get_cart(null, tests.device('phone')) c), '[]', 'it begins a new one');
select is((select count(*) from apartado.carts where status = 'active'), 2::bigint, 'one active each');
select tests.commits();
