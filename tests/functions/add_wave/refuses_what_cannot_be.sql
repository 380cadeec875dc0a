select plan(18);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc'), tests.item('other');
create temporary table d as select tests.drop_of('1 hour', '10 hours', 'disc') as id;
select tests.refuses(format($$select * from apartado.add_wave(null, %s, apartado.item_id(%L), %s, %L, %L)$$, coalesce(drop_id, (select id::text from d)), sku, quantity, at, place), code, field)
  from (values
    (null, 'disc', 'null', '2030-01-01 14:00Z', null, 'RS202', 'quantity'),
    (null, 'disc', '0', '2030-01-01 14:00Z', null, 'RS202', 'quantity'),
    (null, 'disc', '-1', '2030-01-01 14:00Z', null, 'RS202', 'quantity'),
    (null, 'disc', '2147483647', '2030-01-01 14:00Z', null, 'RS204', 'quantity'),
    (null, 'disc', '1', null, null, 'RS205/missing', 'at'),
    (null, 'disc', '1', '2030-01-01 12:00Z', null, 'RS203/past', 'at'),
    (null, 'disc', '1', '-infinity', null, 'RS203/past', 'at'),
    (null, 'disc', '1', '2030-01-01 12:59Z', null, 'RS204', 'at'),
    (null, 'disc', '1', '2030-01-01 22:00Z', null, 'RS204', 'at'),
    (null, 'disc', '1', 'infinity', null, 'RS204', 'at'),
    (null, 'disc', '1', '294276-12-31', null, 'RS204', 'at'),
    (null, 'disc', '1', '2030-01-01 14:00Z', 'mars', 'RS104/unknown', 'location'),
    (null, 'other', '1', '2030-01-01 14:00Z', null, 'RS312/outside', 'item'),
    ('-1', 'disc', '1', '2030-01-01 14:00Z', null, 'RS106', 'drop'),
    ('null', 'disc', '1', '2030-01-01 14:00Z', null, 'RS106', 'drop')) v (drop_id, sku, quantity, at, place, code, field);
select tests.refuses(format($$select * from apartado.add_wave(null, %s, -1, 1, '2030-01-01 14:00Z')$$, (select id from d)), 'RS101', 'item', 'an unknown item');
select tests.refuses(format($$select * from apartado.add_wave('ana', %s, apartado.item_id('disc'), 1, '2030-01-01 14:00Z')$$, (select id from d)), 'RS602', 'actor', 'a member may not');
select from apartado.add_wave(null, (select id from d), apartado.item_id('disc'), 2147483646, '2030-01-01 14:00Z');
select tests.refuses($$select * from apartado.adjust_stock(null, apartado.item_id('disc'), 1, 'more')$$, 'RS204', 'delta', 'and then no more can be counted');
