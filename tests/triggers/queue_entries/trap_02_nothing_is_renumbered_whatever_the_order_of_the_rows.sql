select plan(4);
-- the rows are rewritten so that they lie in the table in another order
select tests.freeze('2030-01-01 12:00Z');
select tests.member(a) from unnest(tests.aliases(0, 5)) a;
select tests.item('disc');
select tests.held('disc', 'm00'), tests.waiting('disc', variadic tests.aliases(1, 5));
create temporary table before as select queue_entry_id, ticket from apartado.queue_entries;
do $$ begin for t in reverse 5 .. 1 loop update apartado.queue_entries set needed_until = '2031-01-01' where ticket = t; end loop; end $$;
select isnt((select array_agg(ticket order by ctid) from apartado.queue_entries), '{1,2,3,4,5}'::bigint[], 'not in their order');
select from apartado.cancel_reservation('m00', tests.reservation('m00', 'disc'));
select from apartado.leave_queue('m02', apartado.item_id('disc'));
select is(tests.holders('disc') || ' / ' || tests.line('disc'), 'm01 1 / m03 m04 m05', 'the first is served, the others keep their order');
select results_eq('select queue_entry_id, ticket from apartado.queue_entries order by 1', 'select * from before order by 1', 'and no ticket changed');
select tests.commits();
