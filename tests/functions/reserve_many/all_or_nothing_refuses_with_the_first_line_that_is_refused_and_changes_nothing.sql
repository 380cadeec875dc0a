select plan(16);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('free', 9), tests.item('taken'), tests.item('mine'), tests.item('line'), tests.item('sold', 0), tests.item('hidden', p_visible => false), tests.item('shown', p_for_sale => false);
insert into apartado.locations (code, name) values ('south', 'South');
select tests.held('taken', 'ben'), tests.held('mine', 'ana'), tests.held('line', 'ben'), tests.waiting('line', 'ana');
create function pg_temp.cart(p_sku text, p_more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_array(jsonb_build_object('item', apartado.item_id('free')), jsonb_build_object('item', (select item_id from apartado.items where sku = p_sku)) || p_more)
$$;
select tests.refuses(format($$select * from apartado.reserve_many('ana', pg_temp.cart(%L, %L))$$, sku, more), code, 'lines', name)
  from (values ('taken', '{}', 'RS301', 'somebody else holds it'),
               ('mine', '{}', 'RS302', 'she holds it'),
               ('line', '{}', 'RS303', 'she waits for it'),
               ('sold', '{}', 'RS305', 'none is left'),
               ('hidden', '{}', 'RS101', 'hidden'),
               ('shown', '{}', 'RS309', 'not for sale'),
               ('taken', '{"location": "south"}', 'RS104', 'not kept there'),
               ('taken', '{"location": ""}', 'RS104', 'no such location'),
               ('taken', '{"item": 9223372036854775807}', 'RS101', 'no such item'),
               ('taken', '{"item": 0}', 'RS101', 'never one'),
               ('taken', '{"ttl": "P8D"}', 'RS203', 'longer than the policy')) c (sku, more, code, name);
select tests.refuses($$select * from apartado.reserve_many('cai', jsonb_build_array(jsonb_build_object('item', apartado.item_id('line'))))$$, 'RS301', 'lines', 'somebody is in front');
create function pg_temp.detail(p_sql text) returns text language plpgsql as $$
declare v_detail text;
begin
  execute p_sql;
exception when sqlstate 'RS301' or sqlstate 'RS302' then
  get stacked diagnostics v_detail = pg_exception_detail;
  return v_detail;
end $$;
select matches(pg_temp.detail($$select * from apartado.reserve_many('ana', pg_temp.cart('taken') || pg_temp.cart('mine'))$$), format('available: 0, item: %s, line: 2', apartado.item_id('taken')), 'the detail names the line');
select is(tests.holders('free'), 'nobody', 'nothing was set aside on the way');
select tests.refuses($$select * from apartado.reserve_many('nobody', pg_temp.cart('free'))$$, 'RS103', 'member');
select tests.commits();
