select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc'), tests.item('tape'), tests.item('book', 3);
create function pg_temp.said(p_mode text) returns text language sql as $$
  select string_agg(concat_ws(' ', line, outcome, code, quantity), ', ' order by line) from apartado.checkout('ana', p_mode => p_mode)
$$;
select tests.held('disc', 'ben'), tests.held('book', 'ana');
select apartado.add_to_cart('ana', apartado.item_id(s)) from unnest('{disc,tape}'::text[]) s;
select tests.waiting('disc', 'ana');
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'disc'));
select is(tests.holders('disc'), 'ana 1', 'ana was promoted for what is in her cart');
select is(pg_temp.said('all_or_nothing'), '1 reserved 1, 2 reserved 1', 'which stands in nobody''s way, not in her own either');
select is(tests.cart('ana'), 'nothing', 'nothing is left in it');
select is((select cardinality(checked_out) from apartado.carts), 2, 'and both are to be ordered');
select from apartado.add_to_cart('ana', apartado.item_id('book'), 2);
select tests.refuses($$select * from apartado.checkout('ana')$$, 'RS302', 'lines', 'more than is held is another wish');
select tests.commits();
