select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben');
select from apartado.set_location(null, 'till', 'Till'); select from apartado.set_location(null, 'barn', 'Barn');
select tests.item('disc', 9), tests.item('tape', 9);
insert into apartado.stock (item_id, location_id, total, available) select i.item_id, l.location_id, 9, 9 from apartado.items i, apartado.locations l where l.code <> 'main';
select is_empty($$select from apartado.list_carts('ana')$$, 'none yet');
select from apartado.add_to_cart('ana', apartado.item_id('disc'), 2); select from apartado.add_to_cart('ana', apartado.item_id('tape'));
select from apartado.add_to_cart('ben', apartado.item_id('disc'));
select tests.advance('1 hour');
select from apartado.set_policy(null, 'till', '{"cart": "hard", "hold": 3600}', p_location => 'till');
select from apartado.add_to_cart('ana', apartado.item_id('tape'), 3, 'till');
select from apartado.get_cart('ana', p_location => 'barn');
select tests.advance('30 minutes');
select from apartado.validate_cart('ana', 'main');
select results_eq($$select location, kind, lines, units, set_aside, created_at, used_at, last_validated_at, server_time from apartado.list_carts('ANA ')$$, $$values
  ('main', 'soft', 2, 3::bigint, 0, timestamptz '2030-01-01 12:00Z', timestamptz '2030-01-01 13:30Z', timestamptz '2030-01-01 13:30Z', timestamptz '2030-01-01 13:30Z'),
  ('till', 'hard', 1, 3, 1, '2030-01-01 13:00Z', '2030-01-01 13:00Z', null, '2030-01-01 13:30Z'),
  ('barn', 'soft', 0, 0, 0, '2030-01-01 13:00Z', '2030-01-01 13:00Z', null, '2030-01-01 13:30Z')$$, 'each with what is in it');
select results_eq($$select c.cart_id from apartado.list_carts('ana') c$$, $$select c.cart_id from unnest('{main,till,barn}'::text[]) l cross join lateral apartado.get_cart('ana', p_location => l) c$$, 'cart_id');
select is((select location from apartado.list_carts('ana', (select cart_id from apartado.list_carts('ana', p_limit => 1)), 1)), 'till', 'the next page');
select is_empty($$select from apartado.list_carts('ana', (select max(cart_id) from apartado.list_carts('ana')))$$, 'and nothing after the last');
select tests.advance('30 minutes');
select is((select (lines, units, set_aside) from apartado.list_carts('ana') where location = 'till'), (0, 0::bigint, 0), 'what is past its deadline is in no more');
select is((select array_agg(location) from apartado.list_carts('ben')), '{main}', 'another has their own');
select tests.commits();
