select plan(40);
select tests.item('disc');
select tests.refuses(format('select * from apartado.set_policy(null, ''p'', %L)', v), c, 'values', v || ' ' || c)
  from (values
    ('[]', 'RS205'), ('"hold"', 'RS205'), ('7', 'RS205'), ('{"hodl": 1}', 'RS205/unknown'), ('{"name": "x"}', 'RS205/unknown'), ('{"policy_id": 1}', 'RS205/unknown'), ('{"": 1}', 'RS205/unknown'),
    ('{"hold": 0}', 'RS203'), ('{"hold": -1}', 'RS203'), ('{"hold": 31622401}', 'RS203'), ('{"hold": 1e400}', 'RS203'), ('{"hold": 0.0000001}', 'RS203'),
    ('{"hold": ""}', 'RS203'), ('{"hold": "soon"}', 'RS203'), ('{"hold": "-PT1H"}', 'RS203'), ('{"hold": true}', 'RS203'), ('{"hold": [1]}', 'RS203'),
    ('{"hold": "999999999999 years"}', 'RS203'), ('{"hold": "infinity"}', 'RS203'), ('{"extension_total": -1}', 'RS203'), ('{"offer_window": "P2000D"}', 'RS203'),
    ('{"active_limit": 0}', 'RS204'), ('{"active_limit": 2147483648}', 'RS204'), ('{"active_limit": 1.5}', 'RS204'), ('{"active_limit": 1e300}', 'RS204'),
    ('{"active_limit": "1"}', 'RS205'), ('{"queue_limit": -1}', 'RS204'), ('{"priority": 1001}', 'RS204'), ('{"priority": -1001}', 'RS204'),
    ('{"item_limit": 0}', 'RS204'), ('{"drop_limit": -3}', 'RS204'), ('{"passed_limit": 0}', 'RS204'), ('{"low_stock": -1}', 'RS204'),
    ('{"late_confirm": 1}', 'RS205'), ('{"paranoia": "yes"}', 'RS205'), ('{"fit": "loose"}', 'RS205'), ('{"promotion": null, "missed": 3}', 'RS205'),
    ('{"extension_limit": {}}', 'RS205')) x (v, c);
select tests.refuses($$select * from apartado.set_policy(null, 'default', '{"hold": null}')$$, 'RS205', 'values', 'the default says everything');
select is((select s.values ? 'item_limit' from apartado.set_policy(null, 'default', '{"item_limit": null, "drop_limit": null, "low_stock": null}') s), false, 'but for limits that may be none');
