select plan(1);
select tests.members('ana', 'ben', 'vic'), tests.item('disc');
select from apartado.set_policy(null, 'vip', '{"priority": 5}', p_class => 'vip', p_reason => 'new');
select from apartado.set_member_class(null, 'vic', 'vip', 'test');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'vic');
select results_eq(
  $$select alias, "position" from apartado.queue_at(null, apartado.item_id('disc'), apartado.clock())$$,
  $$values ('vic', 1::bigint), ('ben', 2)$$, 'in the list as by their positions');
