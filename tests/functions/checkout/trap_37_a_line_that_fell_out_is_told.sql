select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc'), tests.item('tape');
select from apartado.set_policy(null, 'hard', '{"cart": "hard", "hold": 60}', apartado.item_id('tape'));
select apartado.add_to_cart('ana', apartado.item_id(s)) from unnest('{disc,tape}'::text[]) s;
select tests.advance('2 minutes');
create function pg_temp.said(p_alias text, p_mode text) returns text language sql as $$
  select string_agg(concat_ws(' ', line, outcome, code, quantity, "position"), ', ' order by line) from apartado.checkout(p_alias, p_mode => p_mode)
$$;
select tests.refuses($$select * from apartado.checkout('ana')$$, 'RS401/line', 'lines', 'all or nothing, and this is over');
select is(pg_temp.said('ana', 'best_effort'), '1 reserved 1, 2 refused RS401 1', 'it is told, although it is no longer in the cart');
select is(tests.cart('ana'), '1 tape expired', 'until she takes note');
select from apartado.validate_cart('ana');
select tests.refuses($$select * from apartado.checkout('ana')$$, 'RS105', 'location', 'and then the cart is empty');
select is(tests.holders('disc') || ' / ' || tests.holders('tape'), 'ana 1 / nobody');
select tests.commits();
