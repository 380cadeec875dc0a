select plan(13);
select tests.members('ana'), tests.item('disc', 5);
insert into apartado.locations (code, name) values ('annex', 'Annex');
select tests.refuses(format($$select * from apartado.transfer_stock(null, apartado.item_id('disc'), %s, %L, %L, %L)$$, quantity, f, t, reason), code, field)
  from (values
    ('null', 'main', 'annex', 'r', 'RS202', 'quantity'),
    ('0', 'main', 'annex', 'r', 'RS202', 'quantity'),
    ('-2147483648', 'main', 'annex', 'r', 'RS202', 'quantity'),
    ('2147483647', 'main', 'annex', 'r', 'RS301/operator', 'quantity'),
    ('1', 'main', 'main', 'r', 'RS205', 'to'),
    ('1', 'main', null, 'r', 'RS205', 'to'),
    ('1', 'main', 'mars', 'r', 'RS104/unknown', 'to'),
    ('1', 'annex', 'main', 'r', 'RS104', 'from'),
    ('1', 'main', 'annex', '', 'RS205', 'reason'),
    ('1', 'main', 'annex', null, 'RS205', 'reason')) v (quantity, f, t, reason, code, field);
select tests.refuses($$select * from apartado.transfer_stock(null, -1, 1, 'main', 'annex', 'r')$$, 'RS101', 'item', 'item -1');
select tests.refuses($$select * from apartado.transfer_stock(null, null, 1, 'main', 'annex', 'r')$$, 'RS205/missing', 'item', 'no item');
select tests.refuses($$select * from apartado.transfer_stock('ana', apartado.item_id('disc'), 1, 'main', 'annex', 'r')$$, 'RS602', 'actor', 'a member may not');
