select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.member('ana'), tests.member('ben'), tests.operator('olga'), tests.item('disc'), tests.item('tape');
insert into apartado.carts (member_id, device_hash, location_id, status, created_at)
select m.member_id, case when m.member_id is null then sha256('old') end, l.location_id, 'imported', apartado.clock()
  from apartado.locations l, generate_series(1, 3), (select member_id from apartado.members where alias <> 'olga' union all select null) m;
insert into apartado.cart_lines (cart_id, stock_id, quantity, added_at)
select c.cart_id, s.stock_id, 2, apartado.clock() from apartado.carts c, apartado.stock s;
select is((select string_agg(concat_ws(' ', merged, lines, units), ', ') from apartado.merge_carts('ana')), '3 2 12', 'a member merges their own');
select is(tests.cart('ana') || ' / ' || tests.cart('ben'), '6 disc, 6 tape / nothing', 'and nobody else''s');
select tests.refuses($$select * from apartado.merge_carts('ana', p_everybody => true)$$, 'RS602', 'actor');
select tests.refuses($$select * from apartado.merge_carts('olga', tests.device('phone'), true)$$, 'RS205', 'device');
select is((select string_agg(concat_ws(' ', merged, lines, units), ', ') from apartado.merge_carts('olga', p_everybody => true)), '3 2 12, 3 2 12', 'an operator everybody''s');
select is((select string_agg(concat_ws(' ', member_id is null, status, n), ', ' order by member_id is null, status) from (select member_id, status, count(*) as n from apartado.carts group by 1, 2) x),
          'f active 1, f active 1, f merged 3, f merged 3, t active 1, t merged 3', 'one each is left');
select is((select count(*) from apartado.merge_carts(null, p_everybody => true)), 0::bigint, 'in the database, too');
select tests.refuses($$select * from apartado.merge_carts(null)$$, 'RS601', 'member');
select tests.commits();
