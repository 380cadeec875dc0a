select plan(4);
select tests.members('ana');
create temporary table first as select * from apartado.join_walk_in('ana');
create temporary table before as select tests.state() as state;
select is((select (a.walk_in_entry_id, a.cart_id, a.ticket, a."position") from apartado.join_walk_in('ana') a), (select (a.walk_in_entry_id, a.cart_id, a.ticket, a."position") from first a), 'the same');
select is(tests.state(), (select state from before), 'and nothing was written');
select is((select count(*) from apartado.walk_in_entries) + (select count(*) from apartado.carts), 2::bigint, 'one of each');
select tests.commits();
