select plan(1);
select tests.members('ana', 'ben');
select p.members from unnest(array['vip', 'staff']) c, apartado.set_policy(null, c, '{}', p_class => c, p_reason => 'new') p;
select m.class from (values ('ana', 'vip'), ('ben', 'staff')) v (alias, class), apartado.set_member_class(null, v.alias, v.class, 'test') m;
select is(members, 1, 'and not those of another') from apartado.set_policy(null, 'vip', '{"priority": 1}', p_reason => 'first');
