select plan(22);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc'), tests.item('tape');
select tests.drop_of('1 hour', null, 'tape');
select tests.refuses(format($$select * from apartado.create_drop(null, %L, %s, %L, %L, %L)$$, title, items, opens, closes, policy), code, field)
  from (values
    (null, 'array[apartado.item_id(''disc'')]', '2030-02-01', null, null, 'RS205', 'title'),
    ('  ', 'array[apartado.item_id(''disc'')]', '2030-02-01', null, null, 'RS205', 'title'),
    (repeat('t', 1001), 'array[apartado.item_id(''disc'')]', '2030-02-01', null, null, 'RS205', 'title'),
    ('t', 'null', '2030-02-01', null, null, 'RS205', 'items'),
    ('t', 'array[null::bigint]', '2030-02-01', null, null, 'RS205', 'items'),
    ('t', 'array[-1]::bigint[]', '2030-02-01', null, null, 'RS101', 'items'),
    ('t', 'array[9223372036854775807]', '2030-02-01', null, null, 'RS101', 'items'),
    ('t', 'array(select generate_series(1, 10001))::bigint[]', '2030-02-01', null, null, 'RS204', 'items'),
    ('t', 'array[apartado.item_id(''tape'')]', '2030-02-01', null, null, 'RS312/other_drop', 'items'),
    ('t', 'array[apartado.item_id(''disc'')]', null, null, null, 'RS205/missing', 'opens_at'),
    ('t', 'array[apartado.item_id(''disc'')]', 'infinity', null, null, 'RS204', 'opens_at'),
    ('t', 'array[apartado.item_id(''disc'')]', '-infinity', null, null, 'RS204', 'opens_at'),
    ('t', 'array[apartado.item_id(''disc'')]', '294276-12-31', null, null, 'RS204', 'opens_at'),
    ('t', 'array[apartado.item_id(''disc'')]', '4713-01-01 BC', null, null, 'RS204', 'opens_at'),
    ('t', 'array[apartado.item_id(''disc'')]', '2030-02-01', '2030-02-01', null, 'RS204', 'closes_at'),
    ('t', 'array[apartado.item_id(''disc'')]', '2030-02-01', '2030-01-31', null, 'RS204', 'closes_at'),
    ('t', 'array[apartado.item_id(''disc'')]', '2030-02-01', '-infinity', null, 'RS204', 'closes_at'),
    ('t', 'array[apartado.item_id(''disc'')]', '2030-02-01', '294276-12-31', null, 'RS204', 'closes_at'),
    ('t', 'array[apartado.item_id(''disc'')]', '2030-02-01', null, 'no such', 'RS205/policy', 'policy'),
    ('t', 'array[apartado.item_id(''disc'')]', '2030-02-01', null, '', 'RS205/policy', 'policy')) v (title, items, opens, closes, policy, code, field);
select tests.refuses($$select * from apartado.create_drop('ana', 't', '{}', '2030-02-01')$$, 'RS602', 'actor', 'a member may not');
select is(tests.as_role('apartado_api', $$select drop_id from apartado.create_drop(null, 't', '{}', '2030-02-01')$$), 'RS602', 'nor the service in its own name');
