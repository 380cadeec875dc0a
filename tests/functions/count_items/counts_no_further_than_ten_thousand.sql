select plan(2);
insert into apartado.locations (code, name) select 'l' || n, 'L' || n from generate_series(1, 99) n;
select tests.item('s' || n) from generate_series(1, 100) n;
insert into apartado.stock (item_id, location_id, total, available)
select i.item_id, l.location_id, 1, 1 from apartado.items i cross join apartado.locations l where l.code <> 'main';
select results_eq('select total, more from apartado.count_items()', 'values (10000, false)', 'exactly as many');
select tests.item('another');
select results_eq('select total, more from apartado.count_items()', 'values (10000, true)', 'and more');
