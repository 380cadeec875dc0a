select plan(4);
select tests.members('ana', 'ben', 'cai'), tests.operator('olga');
select is_empty($$select * from apartado.list_member_classes('olga')$$, 'at first there are none');
select from apartado.set_policy(null, 'best', '{"priority": 5}', p_class => 'vip', p_reason => 'r');
select from apartado.set_policy(null, 'default', p_class => 'plain', p_reason => 'r');
select from apartado.set_policy(null, 'best', p_class => 'staff', p_reason => 'r');
select from unnest('{ana,ben}'::text[]) a cross join lateral apartado.set_member_class(null, a, 'vip', 'r');
select from apartado.set_member_class(null, 'cai', 'plain', 'r');
select results_eq($$select class, policy, members from apartado.list_member_classes('olga')$$,
  $$values ('plain', null, 1), ('staff', 'best', 0), ('vip', 'best', 2)$$, 'by their codes, also those of nobody and those without rules');
select tests.refuses($$select * from apartado.list_member_classes('ana')$$, 'RS602', 'actor', 'a member');
select tests.commits();
