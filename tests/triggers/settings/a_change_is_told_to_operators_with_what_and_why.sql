select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga');
select from apartado.change_settings('olga');
select from apartado.change_settings('olga', 'open');
select is_empty('select from apartado.events', 'what stays is not told');
select from apartado.change_settings('olga', 'closed', p_reason => 'full');
select results_eq('select kind, member_id, data, details, at from apartado.events', $$values
  ('settings.changed', null::bigint, '{}'::jsonb, '{"registration": "closed", "reason": "full"}'::jsonb, timestamptz '2030-01-01 12:00Z')$$, 'to nobody else');
