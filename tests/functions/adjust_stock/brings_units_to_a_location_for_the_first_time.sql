select plan(7);
select tests.item('disc');
insert into apartado.locations (code, name) values ('annex', 'Annex');
select tests.refuses($$select * from apartado.adjust_stock(null, apartado.item_id('disc'), -1, 'lost', 'annex')$$, 'RS104', 'location', 'none can be taken from where none ever were');
select is((location, total, available), ('annex'::text, 2, 2), 'but some may come') from apartado.adjust_stock(null, apartado.item_id('disc'), 2, 'moved', 'annex');
select is((select concat_ws(' ', open, price, currency, hold, active_limit, queue_limit, restock) from apartado.stock where total = 2),
          't 12.50 EUR 168:00:00 5 1000 t', 'under the rules of the item');
select tests.refuses($$select * from apartado.adjust_stock(null, apartado.item_id('disc'), 1, 'moved', 'mars')$$, 'RS104/unknown', 'location', 'an unknown location');
select tests.refuses($$select * from apartado.adjust_stock(null, -1, 1, 'moved')$$, 'RS101', 'item', 'item -1');
select tests.refuses($$select * from apartado.adjust_stock(null, null, 1, 'moved')$$, 'RS205/missing', 'item', 'no item');
select tests.commits();
