select plan(1);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('a'), tests.item('b');
select tests.held('a', 'ana'), tests.held('b', 'ana'), tests.waiting('a', 'ben');
select tests.advance('168 hours');
create temporary view seen as select m.alias, s.* from apartado.members m, apartado.list_statuses(m.alias) s;
select results_eq('select alias, status, available, reserved, queue_length, my_position, actions from seen order by item_id, alias', $$values
  ('ana', 'reserved_by_others', 0, 1, 1, null::bigint, '{join_queue}'::text[]),
  ('ben', 'in_queue',           0, 1, 1, 1,            '{reserve,leave_queue,suspend_entry}'),
  ('cai', 'reserved_by_others', 0, 1, 1, null,         '{join_queue}'),
  ('ana', 'available',          1, 0, 0, null,         '{reserve}'),
  ('ben', 'available',          1, 0, 0, null,         '{reserve}'),
  ('cai', 'available',          1, 0, 0, null,         '{reserve}')$$, 'with no job run');
