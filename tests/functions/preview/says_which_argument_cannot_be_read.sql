select plan(22);
select tests.operator('olga'), tests.item('disc');
create function pg_temp.try(p_function text, p_args text) returns text language sql as $$ select format('select * from apartado.preview(null, %L, %L)', p_function, p_args) $$;
create function pg_temp.said(p_function text, p_args text) returns text language sql as $$ select tests.detail_of(pg_temp.try(p_function, p_args)) $$;
select tests.refuses(pg_temp.try(f, a), 'RS205', 'args', a)
  from (values ('adjust_stock', '{"item": "x", "delta": 1, "reason": "why"}'), ('adjust_stock', '{"item": [1], "delta": 1, "reason": "why"}'),
               ('adjust_stock', '{"item": 1.5, "delta": 1, "reason": "why"}'), ('adjust_stock', '{"item": 1, "delta": 1, "reason": {"why": 1}}'),
               ('adjust_stock', '{"item": 1e40, "delta": 1, "reason": "why"}'), ('set_visibility', '{"item": 1, "visible": "perhaps", "reason": "why"}'),
               ('create_drop', '{"title": "a", "items": 1, "opens_at": null}'), ('create_drop', '{"title": "a", "items": ["x"], "opens_at": null}'),
               ('create_drop', '{"title": "a", "items": [], "opens_at": "tomorrow at noon"}'), ('create_drop', '{"title": "a", "items": [], "opens_at": "infinite"}'),
               ('invite_member', '{"ttl": "P1Y"}')) u (f, a);
select is(pg_temp.said('adjust_stock', '{"item": "x", "delta": 1, "reason": "why"}'), 'argument: item, expected: whole number, function: adjust_stock', 'it is named');
select is(pg_temp.said('adjust_stock', '{"reason": "why", "delta": 99999999999, "item": "x"}'), 'argument: item, expected: whole number, function: adjust_stock', 'the first of the function''s');
select is(pg_temp.said('adjust_stock', '{"item": 1, "delta": 99999999999, "reason": "why"}'), 'argument: delta, expected: whole number up to 2147483647, function: adjust_stock', 'with how large it may be');
select is(pg_temp.said('set_visibility', '{"item": 1, "visible": "perhaps", "reason": "why"}'), 'argument: visible, expected: true or false, function: set_visibility', 'flags');
select is(pg_temp.said('create_drop', '{"title": "a", "items": ["x"], "opens_at": null}'), 'argument: items, expected: list of whole numbers, function: create_drop', 'lists');
select is(pg_temp.said('create_drop', '{"title": "a", "items": [], "opens_at": "soon"}'), 'argument: opens_at, expected: ISO 8601 with its offset, function: create_drop', 'times');
select is(pg_temp.said('invite_member', '{"ttl": "soon"}'), 'argument: ttl, expected: seconds, or ISO 8601 without years and months, function: invite_member', 'lengths of time, which were taken for none');
select is((select p.outcome from apartado.preview(null, 'invite_member', '{"ttl": "PT1H"}') p), 'done', 'one that can be read is');
select is((select string_agg(a.detail, ' ') from apartado.act_on_many(null, 'adjust_stock', '[{"item": 1, "delta": [], "reason": "why"}]') a),
          'argument: delta, expected: whole number up to 2147483647, function: adjust_stock', 'in a call among many, too');
select is((select p.outcome from apartado.preview(null, 'adjust_stock', jsonb_build_object('item', apartado.item_id('disc')::text, 'delta', '1', 'reason', 'why')) p), 'done', 'numbers may be texts');
select tests.commits();
