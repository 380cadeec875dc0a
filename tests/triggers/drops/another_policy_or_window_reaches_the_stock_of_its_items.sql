select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('disc'), tests.item('other');
insert into apartado.drops (title, opens_at, created_at) values ('Drop', '2030-02-01Z', apartado.clock());
update apartado.items set drop_id = (select drop_id from apartado.drops) where sku = 'disc';
insert into apartado.policies (name, hold) values ('release', interval '1 hour');
create temporary table before as select stock_id, version from apartado.stock;
create temporary view now as select i.sku, s.hold, s.opens_at, s.version > b.version as bumped from apartado.stock s join apartado.items i using (item_id) join before b using (stock_id) order by i.sku;
update apartado.drops set title = 'Renamed';
select results_eq('table now', $$values ('disc', interval '168 hours', timestamptz '2030-02-01Z', true), ('other', interval '168 hours', '-infinity', false)$$,
  'a title is no rule; it has a version, because it is told');
update apartado.drops set policy_id = (select policy_id from apartado.policies where name = 'release');
select results_eq('table now', $$values ('disc', interval '1 hour', timestamptz '2030-02-01Z', true), ('other', interval '168 hours', '-infinity', false)$$, 'a policy is');
update apartado.drops set opens_at = '2030-01-01Z';
select is((select opens_at from now where sku = 'disc'), '2030-01-01Z', 'and an opening');
select tests.commits();
