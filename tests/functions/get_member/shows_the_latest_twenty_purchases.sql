select plan(2);
select tests.members('ana'), tests.item('disc', 21);
select apartado.mark_sold(null, apartado.item_id('disc'), p_buyer => 'ana') from generate_series(1, 21);
select is((select jsonb_array_length(purchases) from apartado.get_member(null, 'ana')), 20, 'twenty');
select is((select array_agg((p ->> 'purchase_id')::bigint order by n) from apartado.get_member(null, 'ana') g cross join lateral jsonb_array_elements(g.purchases) with ordinality x (p, n)),
  (select array_agg(l.purchase_id order by l.purchase_id desc) from (select purchase_id from apartado.list_purchases('ana') limit 20) l), 'the newest first');
