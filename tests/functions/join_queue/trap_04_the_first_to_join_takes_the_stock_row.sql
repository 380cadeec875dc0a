select plan(2);
-- an empty queue has no rows that could be locked
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
create temporary table seen as select version, xmin::text as writer from apartado.stock;
select from apartado.join_queue('ben', apartado.item_id('disc'));
select cmp_ok((select version from apartado.stock), '>', (select version from seen), 'it is bumped');
select is((select xmin::text from apartado.stock), pg_current_xact_id()::text, 'and locked, because this transaction wrote it');
