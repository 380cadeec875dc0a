select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc', 2), tests.item('line'), tests.item('tape', 5);
select from apartado.set_policy(null, 'offers', '{"promotion": "offer", "fit": "partial"}', apartado.item_id('disc'));
select tests.held('disc', 'ben', 'cai'), tests.held('line', 'ben'), tests.waiting('line', 'ana');
select from apartado.join_queue('ana', apartado.item_id('disc'), 2);
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'disc'));
select apartado.add_to_cart('ana', apartado.item_id(s), 2) from unnest('{disc,line,tape}'::text[]) s;
create function pg_temp.said(p_mode text) returns text language sql as $$
  select string_agg(concat_ws(' ', outcome, code, quantity), ', ' order by line) from apartado.checkout('ana', p_mode => p_mode)
$$;
select is(pg_temp.said('reserve_or_queue'), 'reserved 1, queued 1, reserved 2', 'what she was offered, the place that she has, and all of the tape');
select is(tests.cart('ana'), '2 disc, 2 line', 'one more of each is still wanted');
select is((select string_agg(l ->> 'code', ' ') from apartado.get_cart('ana') c, jsonb_array_elements(c.lines) l), 'RS301 RS303', 'and the cart says why it is not hers');
select tests.advance('1 second');
select is(pg_temp.said('best_effort'), 'refused RS302 2, refused RS303 2', 'nobody has one twice');
select is(tests.cart('ana'), '2 disc, 2 line', 'it stays again');
select from apartado.remove_from_cart('ana', apartado.item_id('line'));
select tests.refuses($$select * from apartado.place_order('ana')$$, 'RS301/held', 'lines', 'an order wants all of it');
select from apartado.cancel_reservation('cai', tests.reservation('cai', 'disc'));
select is((select string_agg(l ->> 'quantity', ' ') from apartado.place_order('ana') o, jsonb_array_elements(o.lines) l), '2', 'and sells what she holds with the rest, once it is there');
select is(tests.cart('ana'), 'nothing', 'and then it is out');
select tests.commits();
