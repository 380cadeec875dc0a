select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 3, p_price => null), tests.item('gift', p_price => null);
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
select tests.held('gift', 'ana');
select from apartado.put_items(null, '[{"sku": "disc", "price": "900", "currency": "JPY"}]');
select is((price, currency, total, remaining), (900::numeric, 'JPY'::text, 900::numeric, 1), 'as mark_sold and place_order sell it')
  from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), 1);
select is((price, currency), (900::numeric, 'JPY'::text), 'and so it stands among the purchases') from apartado.list_purchases('ana');
select is((select lines -> 0 ->> 'price' from apartado.place_order('ana', p_lines => jsonb_build_array(jsonb_build_object('item', apartado.item_id('disc'))))), '900', 'the rest costs the same');
select is((price, currency, total)::text, (null::numeric, 'EUR'::text, null::numeric)::text, 'what has no price yet is sold without one')
  from apartado.confirm_reservation('ana', tests.reservation('ana', 'gift'));
select tests.commits();
