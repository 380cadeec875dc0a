select plan(5);
select tests.item('disc');
create temporary table said as select '{"hold": 3600, "hold_cap": 7200, "extension_limit": 1, "extension_total": 60, "extend_while_wanted": true,
  "payment_window": 300, "late_confirm": true, "active_limit": 2, "item_limit": 3, "drop_limit": 4, "promotion": "offer", "offer_window": 0.5,
  "missed": "back", "fit": "fit", "passed_limit": 7, "queue_limit": 0, "priority": -5, "low_stock": 0, "expiring_soon": 60, "hide_sold": true, "paranoia": false, "cart": "hard", "restock": false}'::jsonb as v;
select is((select s.values from said, apartado.set_policy(null, 'all', v, apartado.item_id('disc')) s), (select v from said), 'all of them');
select is((select jsonb_object_agg(e.name, e.value) from apartado.explain_policy(null, apartado.item_id('disc')) e), (select v from said), 'explain_policy says the same');
select is((select apartado._policy_values(p) from apartado.stock s, apartado._policy_of(s.item_id, s.location_id) p), (select v from said), 'and so does what the rules are made of');
select is((select (s.hold, s.active_limit, s.queue_limit, s.item_limit, s.drop_limit, s.offer_window, s.missed, s.fit, s.passed_limit, s.low_stock, s.expiring_soon, s.paranoia, s.restock)::text from apartado.stock s),
          '(01:00:00,2,0,3,4,00:00:00.5,back,fit,7,0,00:01:00,f,f)', 'and the stock row carries what commands need');
select tests.commits();
