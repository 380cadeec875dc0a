select plan(3);
select tests.item('disc');
create temporary table seen as select version from apartado.stock;
update apartado.policies set hold = interval '1 hour', active_limit = 1, queue_limit = 0;
select is((select (hold, active_limit, queue_limit) from apartado.stock), (interval '1 hour', 1, 0), 'at once');
select cmp_ok((select version from apartado.stock), '>', (select version from seen), 'with a new version, so that a command that waited sees it');
select tests.commits();
