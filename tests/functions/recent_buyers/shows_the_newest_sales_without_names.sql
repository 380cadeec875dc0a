select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 9), tests.item('other');
insert into apartado.locations (code, name) values ('annex', 'Annex');
select from apartado.adjust_stock(null, apartado.item_id('disc'), 1, 'moved', 'annex');
select from apartado.mark_sold(null, apartado.item_id('disc'), p_buyer => 'ana');
select tests.advance('1 hour');
select from apartado.mark_sold(null, apartado.item_id('disc'), p_quantity => 2, p_buyer => 'ben');
select from apartado.mark_sold(null, apartado.item_id('disc'), 'annex');
select from apartado.mark_sold(null, apartado.item_id('disc'), p_quantity => 3);
select results_eq($$select bought_at, quantity, display_name from apartado.recent_buyers(null, apartado.item_id('disc'))$$, $$values
  ('2030-01-01 13:00Z'::timestamptz, 3, null::text), ('2030-01-01 13:00Z', 1, null), ('2030-01-01 13:00Z', 2, null)$$, 'bought_at, quantity, display_name: three, the newest first, over all locations');
select is(count(*), 4::bigint, 'more when asked for') from apartado.recent_buyers('ana', apartado.item_id('disc'), 100);
select is_empty($$select * from apartado.recent_buyers(null, apartado.item_id('other'))$$, 'nobody');
select results_eq($$select count(*) from apartado.recent_buyers(null, apartado.item_id('disc')) b where b::text ~ 'ana|ben'$$, 'values (0::bigint)', 'never an alias');
select is(array_agg(quantity), '{3,1}', 'so many') from apartado.recent_buyers(null, apartado.item_id('disc'), 2);
select tests.commits();
