select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc'), tests.item('lp', 2);
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select from apartado._number_events(1000);
select tests.freeze('2031-03-01 12:00Z');
create function pg_temp.told(p_sku text) returns text language sql as
$$ select string_agg(concat_ws(' ', cause, delta_total, delta_available, delta_reserved), '; ' order by change_id) from apartado.list_stock_changes(null, apartado.item_id(p_sku)) $$;
select is(pg_temp.told('lp'), 'stock.changed 2 2 0', 'where all is kept, the first change is the first');
select from apartado.purge(null, 'the yearly cleaning', '2031-01-01Z');
select from apartado.join_queue('cai', apartado.item_id('disc'));
select is(pg_temp.told('disc'), 'purged, reservation.expired 1 1 0; queue.promoted, reservation.created 0 -1 1',
  'the unit did not come with the deadline');
select from apartado.adjust_stock(null, apartado.item_id('lp'), 1, 'found one');
select is(pg_temp.told('lp'), 'purged, stock.changed 3 3 0', 'nor all three with the third');
select is((select sum(delta_total) from apartado.stock_ledger), 4::bigint, 'the differences add up still');
