select plan(27);
select tests.operator('olga'), tests.members('ana'), tests.item('disc');
select tests.refuses($$select * from apartado.act_on_many('ana', 'adjust_stock', '[{"item": 1, "delta": 1, "reason": "why"}]')$$, 'RS602', 'actor', 'members may not');
select tests.refuses($$select * from apartado.act_on_many('nobody', 'adjust_stock', '[{"item": 1, "delta": 1, "reason": "why"}]')$$, 'RS103', 'actor', 'nor who is not there');
select tests.refuses(format('select * from apartado.act_on_many(null, %L, %L)', f, '[{}]'), 'RS205', 'function', coalesce(f, 'null'))
  from unnest(array[null, '', 'reserve', 'act_on_many', 'preview', 'bar_member', 'anonymise', 'put_items', 'set_policy', 'purge', 'repair', '_settle', 'Adjust_stock',
                    'adjust_stock(null, 1, 1, ''x'') f; drop table apartado.items; --', repeat('x', 10000)]) f;
select tests.refuses(format('select * from apartado.act_on_many(null, ''adjust_stock'', %L)', c), 'RS205', 'calls', coalesce(c, 'null'))
  from unnest(array[null, '{}', 'null', '1', '"x"', '[]']) c;
select tests.refuses($$select * from apartado.act_on_many(null, 'adjust_stock', (select jsonb_agg('{}'::jsonb) from generate_series(1, 501)))$$, 'RS204', 'calls', 'too many');
select lives_ok($$select * from apartado.act_on_many(null, 'adjust_stock', (select jsonb_agg('{}'::jsonb) from generate_series(1, 500)))$$, 'as many as may be');
select is((select a.code || a.detail from apartado.act_on_many(null, 'adjust_stock', '[{"item": 1, "delta": 1, "reason": "why", "actor": "ana"}]') a),
          'RS205known: item, delta, reason, location, unknown: actor', 'nobody acts for somebody else');
select is((select a.code || a.detail from apartado.act_on_many(null, 'adjust_stock', '[{"item": 1, "delta": 1, "reason": "why", "idempotency_key": "k"}]') a),
          'RS205known: item, delta, reason, location, unknown: idempotency_key', 'the key is that of all calls');
