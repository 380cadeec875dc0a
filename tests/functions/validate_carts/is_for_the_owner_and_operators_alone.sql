select plan(9);
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc');
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
update apartado.items set price = 20;
select from apartado._number_events();
select is(told, 1::bigint, 'one') from apartado.validate_carts();
select from apartado._number_events();
create function pg_temp.news(p_alias text) returns bigint language sql as $$
  select count(*) from apartado.list_events(p_alias) e where e.kind = 'cart.changed' and e.data @> '{"lines": [{"change": "news"}]}'
$$;
select is(pg_temp.news('ana'), 1::bigint, 'hers');
select is(pg_temp.news('ben'), 0::bigint, 'nobody else''s');
select is(pg_temp.news(null), 0::bigint, 'nor a visitor''s');
select is(pg_temp.news('olga'), 1::bigint, 'and an operator''s');
select is(tests.as_role('apartado_api', 'select told from apartado.validate_carts()'), '42501', 'not for the service');
select is(tests.as_role('scheduler', 'select told from apartado.validate_carts()'), '0', 'for the scheduler');
select tests.acts('ana');
select tests.refuses('select * from apartado.validate_carts()', 'RS602', 'actor', 'not for a member');
select tests.commits();
