select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.member(a) from unnest(tests.aliases(0, 4)) a;
select tests.item('disc');
select tests.held('disc', 'm00'), tests.waiting('disc', variadic tests.aliases(1, 4));
select hasnt_column('apartado', 'queue_entries', 'position', 'an entry has a ticket and no position');
create temporary table before as select queue_entry_id, ticket from apartado.queue_entries;
select tests.advance('168 hours');
select from apartado.expire_and_promote();
select from apartado.leave_queue('m03', apartado.item_id('disc'));
select is((select array_agg("position" order by alias) from apartado.members, apartado.get_queue_position(alias, apartado.item_id('disc')) where alias in ('m02', 'm04')),
          '{1,2}'::bigint[], 'a promotion and a departure later the ranks are 1 and 2');
select results_eq('select queue_entry_id, ticket from apartado.queue_entries order by 1', 'select * from before order by 1', 'and no ticket was ever changed');
