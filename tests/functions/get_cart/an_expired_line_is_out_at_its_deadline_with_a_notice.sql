select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc'), tests.item('tape');
select from apartado.set_policy(null, 'default', '{"cart": "hard"}');
select apartado.add_to_cart('ana', i.item_id) from apartado.items i order by i.item_id;
select tests.waiting('disc', 'ben');
select tests.advance('168 hours');
select is((select (c.lines, c.totals)::text from apartado.get_cart('ana') c), '([],[])', 'nothing is in it, before anybody noticed');
select is((select string_agg(concat_ws(' ', n ->> 'quantity', n ->> 'reason', n ->> 'at'), ', ') from apartado.get_cart('ana') c, jsonb_array_elements(c.notices) n),
          '1 expired 2030-01-08T12:00:00.000000Z, 1 expired 2030-01-08T12:00:00.000000Z', 'with a notice each');
select tests.advance('3 hours');
select from apartado.expire_and_promote();
select is((select string_agg(n ->> 'at', ', ') from apartado.get_cart('ana') c, jsonb_array_elements(c.notices) n),
          '2030-01-08T12:00:00.000000Z, 2030-01-08T12:00:00.000000Z', 'since the deadline, whenever it was swept');
select is((select string_agg(concat_ws(' ', e.member_id = apartado._member_id('ana'), l ->> 'change', l ->> 'reason'), ', ' order by e.event_id)
             from apartado.events e, jsonb_array_elements(e.data -> 'lines') l where e.kind = 'cart.changed'), 't added, t added, t removed expired, t removed expired', 'told to ana when it was swept');
select is(tests.holders('disc'), 'ben 1', 'and ben is served');
select tests.commits();
