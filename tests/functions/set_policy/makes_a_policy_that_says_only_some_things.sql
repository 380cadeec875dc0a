select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 2), tests.item('other', 1);
select is((select (p.policy, p.values, p.governs, p.members, p.promoted, p.server_time)::text
             from apartado.set_policy(null, 'slow', '{"hold": "PT336H", "active_limit": 1, "paranoia": null}', apartado.item_id('disc')) p),
          '(slow,"{""hold"": 1209600, ""active_limit"": 1}",1,0,0,"2030-01-01 12:00:00+00")', 'the policy as it is');
select is((select expires_at from apartado.reserve('ana', apartado.item_id('disc'))), '2030-01-15 12:00Z', 'it is heard');
select is((select queue_limit from apartado.stock s join apartado.items i using (item_id) where i.sku = 'disc'), 1000, 'the default says the rest');
select is((select s.values from apartado.set_policy(null, 'slow', '{"hold": 3600.5, "active_limit": null}') s), '{"hold": 3600.5}', 'a value changes, null takes one back, others stay');
select is((select array_agg(s.hold || ' ' || s.active_limit order by i.sku) from apartado.stock s join apartado.items i using (item_id)),
          '{"01:00:00.5 5","168:00:00 5"}', 'only what it governs changes');
select is((select s.values from apartado.set_policy(null, 'empty', '{}') s), '{}', 'a policy may say nothing');
select is((select governs from apartado.set_policy(null, 'default', 'null', apartado.item_id('disc'))), 2, 'who follows the default says nothing of their own');
select tests.commits();
