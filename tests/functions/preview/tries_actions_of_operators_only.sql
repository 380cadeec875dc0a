select plan(24);
select tests.operator('olga'), tests.members('ana'), tests.item('disc');
select tests.refuses($$select * from apartado.preview('ana', 'adjust_stock', '{"item": 1, "delta": 1, "reason": "why"}')$$, 'RS602', 'actor', 'members may not');
select tests.refuses(format('select * from apartado.preview(null, %L, %L)', f, '{}'), 'RS205', 'function', coalesce(f, 'null'))
  from unnest(array[null, '', 'reserve', 'preview', 'Preview', '_settle', 'tg_events__ring', 'sign_in', 'list_queue', 'dashboard', 'expire_and_promote', 'loop_job',
                    'adjust_stock(null, 1, 1, ''x'') f; drop table apartado.items; --', 'pg_catalog.pg_sleep', repeat('x', 10000)]) f;
select tests.refuses(format('select * from apartado.preview(null, ''adjust_stock'', %L)', a), 'RS205', 'args', coalesce(a, 'null'))
  from unnest(array[null, '[]', 'null', '1', '{"item": 1, "delta": 1}', '{"item": "x", "delta": 1, "reason": "why"}', '{"item": 1, "delta": 99999999999, "reason": "why"}']) a;
select tests.refuses($$select * from apartado.preview(null, 'adjust_stock', '{"item": 1, "delta": 1, "reason": "why", "actor": "ana"}')$$, 'RS205/unknown', 'args', 'nobody acts for somebody else');
