select plan(4);
-- not from max(position) + 1, of which two may read the same
select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai');
select is((select array_agg(ticket order by queue_entry_id) from apartado.queue_entries), '{1,2}'::bigint[], 'each takes the next one');
select from apartado.leave_queue('cai', apartado.item_id('disc'));
select tests.waiting('disc', 'dee');
select is((select array_agg(ticket order by queue_entry_id) from apartado.queue_entries), '{1,2,3}'::bigint[], 'and none is given twice, although the last one left');
select is((select next_ticket from apartado.stock), 4::bigint, 'the row knows the next');
select col_is_unique('apartado', 'queue_entries', '{stock_id,ticket}'::name[], 'the database would not take two');
