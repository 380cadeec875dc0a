select plan(1);
select tests.members('ana'), tests.item('disc');
select from apartado.place_order('ana', p_lines => jsonb_build_array(jsonb_build_object('item', apartado.item_id('disc'))));
insert into apartado.orders (location_id, member_id, placed_at) select o.location_id, o.member_id, o.placed_at from apartado.orders o;
select results_eq($$select subject from apartado.check_consistency() where rule = 'an order has lines'$$,
                  $$select 'order ' || max(order_id) from apartado.orders$$, 'though another has some');
