select plan(9);
select tests.cannot_commit('update apartado.policies set ' || edit, '23514', edit) from unnest(array[
  'hold = interval ''7 days''', 'hold = interval ''1 month''', 'hold = interval ''0''', 'hold = interval ''-1 hour''', 'hold = interval ''8785 hours''',
  'active_limit = 0', 'queue_limit = -1', 'name = ''''']) edit;
select tests.freeze('2030-03-30 12:00Z');
set local timezone = 'Europe/Madrid';
select tests.members('ana'), tests.item('disc');
select is((select expires_at - server_time from apartado.reserve('ana', apartado.item_id('disc'))), interval '168 hours', 'seven days over the change of the clocks are 168 hours');
