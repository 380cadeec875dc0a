select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc', 3), tests.item('tape', 2), tests.item('lp');
select tests.held('disc', 'ana', 'ben', 'cai'), tests.held('tape', 'ana'), tests.waiting('disc', 'dan');
create view pg_temp.settled as
  select i.sku, n.available, n.reserved, n.queue_length
    from apartado.settled_stock() n
    join apartado.stock s on s.stock_id = n.stock_id
    join apartado.items i on i.item_id = s.item_id;
select results_eq('select * from pg_temp.settled order by sku', $$values ('disc', 0, 3, 1), ('lp', 1, 0, 0), ('tape', 1, 1, 0)$$, 'with nothing due: the counters');
select tests.advance('200 hours');
select results_eq('select * from pg_temp.settled order by sku', $$values ('disc', 2, 1, 1), ('lp', 1, 0, 0), ('tape', 2, 0, 0)$$, 'what is due is free, but for who is next');
select results_eq('select * from pg_temp.settled order by sku',
  $$select i.sku, s.available, s.reserved, s.queue_length from apartado.items i, apartado.get_status(null, i.item_id) s order by i.sku$$, 'as get_status says');
create temporary table before as select sku, available, reserved from pg_temp.settled;
select from apartado.expire_and_promote();
select results_eq('select sku, available, reserved from pg_temp.settled order by sku', 'select * from before order by sku', 'and as a sweep leaves it');
select is(tests.as_role('stranger', 'select count(*) from apartado.settled_stock()'), '42501', 'not for a stranger');
