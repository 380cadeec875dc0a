select plan(7);
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc'), tests.item('lp'), tests.item('tape');
select from apartado.set_location(null, 'till');
select from apartado.set_policy(null, 'slow', '{"hold": 7200, "item_limit": 2}', apartado.item_id('disc'));
select from apartado.set_policy(null, 'slow', p_item => apartado.item_id('lp'));
select from apartado.set_policy(null, 'slow', p_location => 'till');
create temporary table d as select tests.drop_of('0', null, 'tape') as id;
select from d cross join lateral apartado.set_policy(null, 'rush', '{"drop_limit": 1}', p_drop => d.id);
select from apartado.set_policy(null, 'best', '{}', p_class => 'vip', p_reason => 'r');
select from apartado.set_policy(null, 'best', p_class => 'staff', p_reason => 'r');
select results_eq($$select concat_ws(' ', policy, items, drops, locations, classes) from apartado.list_policies('olga')$$,
  array['default 1 0 1 0', 'best 0 0 0 2', 'rush 0 1 0 0', 'slow 2 0 1 0'], 'the default one first; what follows no other follows it');
select is("values", '{"hold": 7200, "item_limit": 2}', 'only what it says, lengths of time in seconds') from apartado.list_policies('olga') where policy = 'slow';
select is(l."values", s."values", 'as set_policy gives them') from apartado.list_policies(null) l cross join apartado.set_policy(null, 'default') s where l.policy = 'default';
select from d cross join lateral apartado.set_policy(null, 'default', p_drop => d.id);
select from apartado.set_policy(null, 'default', p_class => 'staff', p_reason => 'r');
select results_eq($$select concat_ws(' ', policy, drops, classes) from apartado.list_policies('olga')$$,
  array['default 1 1', 'best 0 1', 'rush 0 0', 'slow 0 0'], 'who left one follows the default, and the policy stays');
select is(l.items, s.items, 'the numbers are those of the tables')
  from (select sum(x.items)::bigint as items from apartado.list_policies(null) x) l cross join (select count(*) as items from apartado.items) s;
select tests.refuses($$select * from apartado.list_policies('ana')$$, 'RS602', 'actor', 'a member');
select tests.commits();
