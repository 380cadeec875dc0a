select plan(5);
select is((schedule, command), ('2 seconds'::text, 'call apartado.loop_job(''x'', 0)'::text), 'seconds, where it knows them') from apartado._cron_schedule('x', '2 seconds', true);
select is(schedule, '59 seconds', 'up to a minute') from apartado._cron_schedule('x', '59 seconds', true);
select is((schedule, command), ('* * * * *'::text, 'call apartado.loop_job(''x'')'::text), 'else a loop each minute') from apartado._cron_schedule('x', '2 seconds', false);
select is((schedule, command), ('*/5 * * * *'::text, 'call apartado.loop_job(''x'', 0)'::text), 'minutes') from apartado._cron_schedule('x', '5 minutes', false);
select is((schedule, command), ('0 * * * *'::text, 'call apartado.loop_job(''x'', 0)'::text), 'hours') from apartado._cron_schedule('x', '1 hour', true);
