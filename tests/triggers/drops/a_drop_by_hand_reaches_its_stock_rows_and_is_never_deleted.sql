select plan(7);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('disc'), tests.item('other');
create temporary table d as select tests.drop_of('1 hour', null, 'disc') as id;
create temporary table before as select stock_id, version from apartado.stock;
update apartado.drops set closes_at = '2030-01-02 12:00Z';
select results_eq('select s.drop_id is not null, s.closes_at, s.version > b.version from apartado.stock s join before b using (stock_id) order by 1 desc', $$values
  (true, '2030-01-02 12:00Z'::timestamptz, true), (false, 'infinity', false)$$, 'the window is carried, and bumps its rows only');
select is(tests.told('disc'), 'stock.changed, item.changed, drop.changed', 'and told');
select tests.refuses('delete from apartado.drops', 'RS312/by_hand', 'drop', 'deleted');
select has_trigger('apartado', 'drops', '_310_refuse_truncate', 'nor emptied');
update apartado.drops set title = 'Another';
select is(tests.told('disc'), 'stock.changed, item.changed, drop.changed, drop.changed', 'a title is told, too');
update apartado.drops set title = title;
select is(tests.told('disc'), 'stock.changed, item.changed, drop.changed, drop.changed', 'but nothing where nothing changed');
select tests.commits();
