select plan(6);
select tests.members('ana', 'ben'), tests.item('disc', 2), tests.item('taken'), tests.item('mine', 5);
select from apartado.set_policy(null, 'default', '{"cart": "hard"}');
select apartado.add_to_cart(null, apartado.item_id(s), 2, p_device => tests.device('phone')) from unnest('{disc,taken,mine}'::text[]) s;
select from apartado.add_to_cart('ana', apartado.item_id('mine'));
select tests.held('taken', 'ben');
select is((merged, lines, units), (1, 2, 4::bigint), 'two items came') from apartado.merge_carts('ana', tests.device('phone'));
select is(tests.cart('ana'), '2 disc held, 2 taken, 1 mine held', 'the rest stays, and a line that was set aside is as it was');
select is((select string_agg(concat_ws(' ', l ->> 'sku', l ->> 'status', l ->> 'code'), ', ' order by l ->> 'line') from apartado.get_cart('ana') c, jsonb_array_elements(c.lines) l),
          'disc reserved, taken reserved_by_others RS301, mine reserved', 'with the reason');
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'taken'));
select from apartado.change_cart_line('ana', apartado.item_id('taken'), 1);
select is(tests.cart('ana'), '2 disc held, 1 taken held, 1 mine held', 'and can be set aside later');
select is(tests.holders('taken'), 'ana 1');
select tests.commits();
