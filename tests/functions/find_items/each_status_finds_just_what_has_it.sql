select plan(36);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.operator('olga');
select tests.item('free'), tests.item('held'), tests.item('gone'), tests.item('shown', p_for_sale => false), tests.item('hidden', p_visible => false),
       tests.item('wanted'), tests.item('offered'), tests.item('none', 0), tests.item('soon'), tests.item('over'), tests.item('fitting', 3),
       tests.item('yielding'), tests.item('coming', 0), tests.item('due'), tests.item('resting');
select from apartado.set_policy(null, 'default', '{"active_limit": 20}', p_reason => 'many');
select from apartado.set_policy(null, 'offering', '{"promotion": "offer"}', p_item => apartado.item_id('offered'));
select from apartado.set_policy(null, 'fitting', '{"fit": "fit", "promotion": "direct"}', p_item => apartado.item_id('fitting'));
select tests.drop_of('1 hour', '2 hours', 'soon'), tests.drop_of('-2 hours', '-1 hour', 'over'), tests.drop_of('-1 hour', '9 hours', 'coming');
select from apartado.add_wave(null, (select i.drop_id from apartado.items i where i.sku = 'coming'), apartado.item_id('coming'), 1, apartado.clock() + interval '1 minute');
select tests.held('held', 'ana'), tests.held('wanted', 'ana'), tests.held('offered', 'ana'), tests.held('yielding', 'ana'), tests.held('resting', 'ana');
select tests.waiting('wanted', 'ben'), tests.waiting('offered', 'ben'), tests.waiting('resting', 'ben');
select from apartado.suspend_entry('ben', apartado.item_id('resting'));
select from apartado.reserve('ana', apartado.item_id('fitting'), 2);
select from apartado.join_queue('ben', apartado.item_id('fitting'), 2);
select from apartado.reserve('ana', apartado.item_id('due'), p_ttl => '1 minute');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'offered'));
select from apartado.release_if_wanted('ana', tests.reservation('ana', 'yielding'), true);
select from apartado.mark_sold(null, apartado.item_id('gone'));

create function tests.found(p_alias text, p_status text) returns text language sql as $$
  select string_agg(f.sku, ' ' order by f.sku) from apartado.find_items(p_alias, p_status => p_status) f;
$$;
create function tests.have(p_alias text, p_status text) returns text language sql as $$
  select string_agg(f.sku, ' ' order by f.sku) from apartado.find_items(p_alias) f where f.status = p_status;
$$;
create function tests.statuses() returns setof text language sql as $$
  select unnest('{hidden,reserved,offered,in_queue,sold,upcoming,ended,not_for_sale,in_cart,available,reserved_by_others}'::text[]);
$$;

select is(tests.found(a.alias, s.status), tests.have(a.alias, s.status), format('%s as %s sees it', s.status, a.alias))
  from unnest('{ana,ben,olga}'::text[]) a (alias), tests.statuses() s (status);
select is((select count(*) from tests.statuses() s where exists (
             select from unnest('{ana,ben,olga}'::text[]) a where tests.have(a, s) is not null)), 10::bigint, 'every status but in_cart was among them');
select tests.advance('2 minutes');
select is(tests.found('cai', s.status), tests.have('cai', s.status), format('%s after a deadline and a wave', s.status))
  from unnest('{available,reserved_by_others}'::text[]) s (status);
