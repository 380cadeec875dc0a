select plan(4);
select tests.item('disc'), tests.item('single', p_restock => false);
create function tests.said(p_sku text) returns text language sql as $$
  select concat_ws(' ', e.value, e.source, coalesce(e.policy, 'by itself')) from apartado.explain_policy(null, apartado.item_id(p_sku)) e where e.name = 'restock';
$$;
select is(tests.said('disc') || ', ' || tests.said('single'), 'true item disc by itself, false item single by itself', 'each as it came');
select from apartado.set_policy(null, 'default', '{"restock": true}');
select is(tests.said('single'), 'true default default', 'what a policy says is stronger');
select from apartado.set_policy(null, 'last', '{"restock": false}', apartado.item_id('disc'));
select is(tests.said('disc'), 'false item disc last', 'as with all values');
select from apartado.set_policy(null, 'default', '{"restock": null}');
select is(tests.said('single'), 'false item single by itself', 'and it may say nothing again');
