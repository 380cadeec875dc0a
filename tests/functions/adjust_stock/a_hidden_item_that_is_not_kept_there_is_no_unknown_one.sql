select plan(3);
select tests.operator('olga'), tests.item('disc', p_visible => false);
insert into apartado.locations (code, name) values ('till', 'Till');
select tests.refuses($$select * from apartado.adjust_stock('olga', apartado.item_id('disc'), -1, 'lost', 'till')$$, 'RS104', 'location', 'operators see hidden items');
select tests.refuses($$select * from apartado.transfer_stock('olga', apartado.item_id('disc'), 1, 'till', 'main', 'moved')$$, 'RS104', 'from', 'and move them');
select tests.commits();
