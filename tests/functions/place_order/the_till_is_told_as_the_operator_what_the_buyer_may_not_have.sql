select plan(9);
select tests.member('ana'), tests.members('ben', 'cai'), tests.operator('olga');
select tests.item('held', 1), tests.item('gone', 1), tests.item('free', 5), tests.item('hidden', 1), tests.item('kept', 1), tests.item('wanted', 2);
select from apartado.add_to_cart('ana', apartado.item_id('free'));
create function pg_temp.sell(p_sku text, p_quantity integer default 1, p_who text default 'olga') returns text language sql as
$$ select format('select * from apartado.place_order(%L, p_cart => %s, p_lines => %L)', p_who, c.cart_id,
                 jsonb_build_array(jsonb_build_object('item', apartado.item_id(p_sku), 'quantity', p_quantity))) from apartado.carts c $$;
select from apartado.reserve('ben', apartado.item_id('held'));
select from apartado.mark_sold('olga', apartado.item_id('gone'));
select from apartado.set_visibility('olga', apartado.item_id('hidden'), false, 'stock-taking');
update apartado.items set for_sale = false where sku = 'kept';
select tests.refuses(pg_temp.sell('held'), 'RS301/till', 'lines', 'somebody has it');
select tests.refuses(pg_temp.sell('gone'), 'RS305/till', 'lines', 'it is sold');
select tests.refuses(pg_temp.sell('hidden'), 'RS101/till', 'lines', 'it is hidden from the buyer');
select tests.refuses(pg_temp.sell('kept'), 'RS309/till', 'lines', 'it is not for sale');
select from apartado.reserve('ben', apartado.item_id('wanted'));
select from apartado.join_queue('cai', apartado.item_id('wanted'), 2);
select tests.refuses(pg_temp.sell('wanted'), 'RS306/till', 'lines', 'others wait for it');
select from apartado.join_queue('ana', apartado.item_id('wanted'));
select tests.refuses(pg_temp.sell('wanted'), 'RS303/till', 'lines', 'the buyer waits for it');
select tests.refuses(pg_temp.sell('held', 1, 'ana'), 'RS301', 'lines', 'who buys their own cart is told as before');
select from apartado.set_policy('olga', 'default', '{"active_limit": 1}', p_reason => 'one each');
select tests.refuses(pg_temp.sell('free', 1), 'RS501/till', 'lines', 'the buyer has as many as they may');
select tests.commits();
