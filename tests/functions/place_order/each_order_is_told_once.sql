select plan(1);
select tests.members('ana', 'ben'), tests.item('disc', 2);
select o.order_id from unnest(array['ana', 'ben']) a, apartado.place_order(a, p_lines => jsonb_build_array(jsonb_build_object('item', apartado.item_id('disc')))) o;
select results_eq(
  $$select e.data -> 'order_id' from apartado.events e where e.kind = 'order.placed' order by e.event_id$$,
  $$select to_jsonb(o.order_id) from apartado.orders o order by o.order_id$$, 'whatever was ordered before');
