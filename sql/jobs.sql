-- The wanted jobs. pg_cron runs them where it is (sync_jobs), the service where it is not (run_due_jobs).
-- Their times are half of what is promised, so that a run that comes a moment early and passes is made up in time.
-- Each does so much at a time that nobody waits long for its locks. One that says again has more to do, and is due at once.

with wanted (job, command, every) as (values
  ('expire_and_promote', 'select r.*, r.remaining > 0 and r.expired + r.promoted > 0 as again from apartado.expire_and_promote() r', interval '2 seconds'),
  ('announce_drops',     'select * from apartado.announce_drops()',           interval '2 seconds'),
  ('draw_lotteries',     'select * from apartado.draw_lotteries()',           interval '2 seconds'),
  ('announce_alerts',    'select * from apartado.announce_alerts()',          interval '10 seconds'),
  ('announce_expiring',  'select r.*, r.told = 500 as again from apartado.announce_expiring(500) r', interval '5 seconds'),
  ('validate_carts',     'select r.*, r.looked = 1000 as again from apartado.validate_carts(1000) r', interval '5 seconds'),
  ('number_events',      'select n.numbered, n.numbered = 10000 as again from apartado._number_events(10000) n (numbered)', interval '2 seconds'),
  ('refresh_statistics', 'select r.refreshed from apartado.refresh_statistics() r (refreshed)', interval '10 seconds'),
  ('forget_old_keys',    'select r.*, 20000 in (r.answers, r.attempts) as again from apartado.forget_old_keys(20000) r', interval '1 hour'),
  ('forget_old_history', 'select r.*, r.remaining as again from apartado.forget_old_history() r', interval '1 hour')
), removed as (
  delete from apartado.jobs j
   where not exists (select from wanted w where w.job = j.job)
)
insert into apartado.jobs as j (job, command, every, wanted_since)
select w.job, w.command, w.every, apartado.clock()
  from wanted w
on conflict (job) do update
   set command = excluded.command, every = excluded.every
 where (j.command, j.every) is distinct from (excluded.command, excluded.every);
