select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select tests.member(a) from unnest('{ana,ben,cai}'::text[]) a;
-- ana lets three go when they are wanted, cai wants more than they are, and two of ben's come free in the moment in which she acts
create function pg_temp.scene(p_sku text, p_wanted integer) returns bigint language plpgsql as $$
begin
  perform tests.item(p_sku, 5);
  perform from apartado.reserve('ana', apartado.item_id(p_sku), 3);
  perform from apartado.reserve('ben', apartado.item_id(p_sku), 2, p_ttl => '1 hour');
  perform from apartado.release_if_wanted('ana', tests.reservation('ana', p_sku));
  perform from apartado.join_queue('cai', apartado.item_id(p_sku), p_wanted);
  perform tests.advance('1 hour');
  return tests.reservation('ana', p_sku);
end;
$$;
select is((status, quantity, promoted), ('cancelled'::text, 2, 1), 'cancelled in part') from apartado.cancel_reservation('ana', pg_temp.scene('one', 5), 1);
select is(tests.holders('one'), 'cai 5', 'and the rest is gone, too');
select is((status, quantity, reason), ('cancelled'::text, 2, 'yielded'::text), 'fewer of them') from apartado.change_quantity('ana', pg_temp.scene('two', 5), 2);
select is(tests.holders('two'), 'cai 5', 'and the rest is gone, too');
select is((quantity, remaining), (1, 0), 'bought in part') from apartado.confirm_reservation('ana', pg_temp.scene('three', 4), 1);
select is(tests.holders('three'), 'cai 4', 'and the rest is gone, too');
select is((quantity, remaining), (1, 2), 'where nobody wants them') from apartado.confirm_reservation('ana', pg_temp.scene('four', 6), 1);
select tests.commits();
