select plan(3);
select tests.item('disc', 5);
insert into apartado.locations (code, name) values ('annex', 'Annex');
create temporary table first as select * from apartado.transfer_stock(null, apartado.item_id('disc'), 2, 'main', 'annex', 'r', 'k');
create temporary table before as select tests.state();
select results_eq($$select a::text from apartado.transfer_stock(null, apartado.item_id('disc'), 2, 'main', 'annex', 'r', 'k') a$$, 'select f::text from first f', 'every column');
select results_eq('select tests.state()', 'select * from before', 'and nothing moved again');
select tests.refuses($$select * from apartado.transfer_stock(null, apartado.item_id('disc'), 3, 'main', 'annex', 'r', 'k')$$, 'RS310', 'idempotency_key', 'another request');
