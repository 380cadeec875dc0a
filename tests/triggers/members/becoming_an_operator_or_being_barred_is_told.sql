select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana');
update apartado.members set created_at = apartado.clock();
select is_empty('select from apartado.events', 'nothing else is');
update apartado.members set is_operator = true;
update apartado.members set barred_at = apartado.clock();
select results_eq('select kind, data, stock_id, at from apartado.events order by event_id', $$values
  ('member.changed', '{"is_operator": true, "barred": false}'::jsonb, null::bigint, timestamptz '2030-01-01 12:00Z'),
  ('member.changed', '{"is_operator": true, "barred": true}', null, '2030-01-01 12:00Z')$$, 'each');
