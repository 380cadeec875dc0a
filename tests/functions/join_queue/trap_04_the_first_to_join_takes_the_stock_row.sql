select plan(1);
-- an empty queue has no rows that could be locked
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
create temporary table seen as select version from apartado.stock;
select from apartado.join_queue('ben', apartado.item_id('disc'));
select cmp_ok((select version from apartado.stock), '>', (select version from seen), 'so the stock row is written, which locks it');
