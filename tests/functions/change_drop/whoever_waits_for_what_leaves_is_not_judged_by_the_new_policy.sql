select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc'), tests.item('tape'), tests.item('book');
insert into apartado.policies (name, restock) values ('last', false);
select from (values ('disc'), ('tape'), ('book')) i (sku), apartado.reserve('ana', apartado.item_id(i.sku)) r, apartado.confirm_reservation('ana', r.reservation_id);
create temporary table d as select tests.drop_of('1 hour', null, 'disc', 'tape') as id;
select tests.waiting('disc', 'ben'), tests.waiting('tape', 'cai'), tests.waiting('book', 'ben');
select is(items, array[apartado.item_id('disc'), apartado.item_id('book')], 'one leaves, one comes, and the last units are for sale')
  from apartado.change_drop(null, (select id from d), p_items => array[apartado.item_id('disc'), apartado.item_id('book')], p_policy => 'last', p_reason => 'the last ones');
select is(tests.stock('tape'), '0 free, 0 held, 1 sold, 1 waiting', 'whoever waits for what leaves goes on waiting');
select is(tests.stock('disc'), '0 free, 0 held, 1 sold, 0 waiting', 'whoever waits for what stays cannot have it any more');
select is(tests.stock('book'), '0 free, 0 held, 1 sold, 0 waiting', 'nor for what comes');
select tests.commits();
