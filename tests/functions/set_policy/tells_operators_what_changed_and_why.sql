select plan(3);
select tests.operator('olga'), tests.item('disc');
select from apartado.set_policy('olga', 'default', '{"hold": 3600}', p_reason => 'too long');
select is((select details from apartado.events where kind = 'policy.changed'), '{"policy": "default", "reason": "too long", "hold": ["168:00:00", "01:00:00"]}', 'what it was, what it is, and why');
select from apartado.set_policy('olga', 'default', '{"hold": "PT1H"}');
select is((select count(*) from apartado.events where kind = 'policy.changed'), 1::bigint, 'no change is not told');
select tests.commits();
