select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select results_eq('select job, command, every from apartado.list_jobs()', $$values
  ('announce_alerts', 'select * from apartado.announce_alerts()', interval '10 seconds'),
  ('announce_drops', 'select * from apartado.announce_drops()', interval '2 seconds'),
  ('announce_expiring', 'select r.*, r.told = 500 as again from apartado.announce_expiring(500) r', interval '5 seconds'),
  ('draw_lotteries', 'select * from apartado.draw_lotteries()', interval '2 seconds'),
  ('expire_and_promote', 'select r.*, r.remaining > 0 and r.expired + r.promoted > 0 as again from apartado.expire_and_promote() r', interval '2 seconds'),
  ('forget_old_history', 'select r.*, r.remaining as again from apartado.forget_old_history() r', interval '1 hour'),
  ('forget_old_keys', 'select r.*, 20000 in (r.answers, r.attempts) as again from apartado.forget_old_keys(20000) r', interval '1 hour'),
  ('number_events', 'select n.numbered, n.numbered = 10000 as again from apartado._number_events(10000) n (numbered)', interval '2 seconds'),
  ('refresh_statistics', 'select r.refreshed from apartado.refresh_statistics() r (refreshed)', interval '10 seconds'),
  ('validate_carts', 'select r.*, r.looked = 1000 as again from apartado.validate_carts(1000) r', interval '5 seconds')$$, 'job, command, every');
select is((select count(*) from apartado.list_jobs() where last_run_at = '-infinity' and last_result is null), 10::bigint, 'none has run yet');
select from apartado.run_due_jobs('number_events');
select is((last_run_at, last_result), ('2030-01-01 12:00Z'::timestamptz, '{"again": false, "numbered": 0}'::text), 'last_run_at, last_result') from apartado.list_jobs() where job = 'number_events';
