select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga');
select tests.item('a'), tests.item('b'), tests.item('c', p_visible => false), tests.item('d', 0);
insert into apartado.locations (code, name) values ('annex', 'Annex');
select from apartado.adjust_stock(null, apartado.item_id('a'), 2, 'moved', 'annex');
select tests.held('b', 'ana'), tests.waiting('b', 'ben');
create temporary view of_ana as select sku, s.* from apartado.list_statuses('ana') with ordinality s join apartado.items using (item_id) order by s.ordinality;
select results_eq('select sku, location, status, available from of_ana',
                  $$values ('a', 'annex', 'available', 2), ('a', 'main', 'available', 1), ('b', 'main', 'reserved', 0), ('d', 'main', 'sold', 0)$$,
                  'every location; what is hidden is left out');
select results_eq($$select l::text from apartado.list_statuses('ana') l where item_id = apartado.item_id('b')$$,
                  $$select g::text from apartado.get_status('ana', apartado.item_id('b')) g$$, 'each row is what get_status says');
select results_eq($$select l::text from apartado.list_statuses('ben') l where item_id = apartado.item_id('b')$$,
                  $$select g::text from apartado.get_status('ben', apartado.item_id('b')) g$$, 'for who waits too');
select results_eq($$select l::text from apartado.list_statuses('olga') l where item_id = apartado.item_id('c')$$,
                  $$select g::text from apartado.get_status('olga', apartado.item_id('c')) g$$, 'operators see what is hidden');
select results_eq($$select location from apartado.list_statuses(null, p_location => 'annex')$$, $$values ('annex')$$, 'one location');
select results_eq($$select item_id from apartado.list_statuses(null, array[apartado.item_id('b'), apartado.item_id('b'), apartado.item_id('c'), null, -1])$$,
                  $$select apartado.item_id('b')$$, 'some items: once each; unknown and hidden ones are left out');
select is_empty($$select * from apartado.list_statuses('ana', '{}')$$, 'no items are none');
select tests.refuses($$select * from apartado.list_statuses('zoe')$$, 'RS103', 'member', 'an unknown alias');
select tests.refuses($$select * from apartado.list_statuses('ana', p_location => 'mars')$$, 'RS104/unknown', 'location', 'an unknown location');
