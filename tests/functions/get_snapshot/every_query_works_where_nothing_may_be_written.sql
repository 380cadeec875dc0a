select plan(14);
-- as on a standby; with a deadline that passed and a change that is not numbered, which a query must not mend
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc'), tests.item('other');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select from apartado.mark_sold(null, apartado.item_id('other'), p_buyer => 'ana');
select apartado._number_events(1);
select tests.advance('168 hours');
set local transaction_read_only = on;
select lives_ok(q, q) from unnest(array[
  'select * from apartado.get_status(''ben'', apartado.item_id(''disc''))',
  'select * from apartado.list_statuses(''ben'')',
  'select * from apartado.get_snapshot(''ben'')',
  'select * from apartado.get_queue_position(''ben'', apartado.item_id(''disc''))',
  'select * from apartado.list_reservations(''ana'')',
  'select * from apartado.list_purchases(''ana'')',
  'select * from apartado.list_events(''olga'')',
  'select * from apartado.tail_events(0)',
  'select * from apartado.event_head()',
  'select * from apartado.who_am_i(''ana'')',
  'select * from apartado.check_consistency()',
  'select * from apartado.list_jobs()',
  'select * from apartado.list_messages()']) q;
select is_empty($$
  select p.oid::regprocedure from pg_proc p
   where p.pronamespace = 'apartado'::regnamespace and p.proname ~ '^(get_|list_|find_|explain_|who_am_i$|item_id$|tail_events$|event_head$|check_)' and p.provolatile <> 's' and p.proname <> 'get_cart' -- makes one
$$, 'and all that are called like queries are STABLE');
