select plan(1);
select is_empty(
  $$select name, labels, value from apartado.metrics() where name in ('apartado_units', 'apartado_queue_entries', 'apartado_queue_longest', 'apartado_queues') and value is distinct from 0$$,
  'units, places and queues');
