select plan(3);
set local timezone = 'America/New_York';
set local intervalstyle = 'sql_standard';
select tests.freeze('2030-03-09 12:00Z');
select tests.members('ana'), tests.item('disc');
select is((select s.values from apartado.set_policy(null, 'week', '{"hold": "P7D", "extension_total": "1 day 2 hours"}', apartado.item_id('disc')) s),
          '{"hold": 604800, "extension_total": 93600}', 'days are told in seconds');
select is((select expires_at from apartado.reserve('ana', apartado.item_id('disc'))), '2030-03-16 12:00Z', 'over the change of the clocks');
select is((select extract(day from hold) + extract(day from extension_total) from apartado.policies where name = 'week'), 0::numeric, 'and stored without days');
