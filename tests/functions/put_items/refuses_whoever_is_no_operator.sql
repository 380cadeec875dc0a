select plan(3);
select tests.member('ana');
select tests.member('boss', true);
select throws_ok($$ select * from apartado.put_items('ana', '[]') $$, 'RS602', null, 'a member');
select throws_ok($$ select * from apartado.put_items('nobody', '[]') $$, 'RS103', null, 'an unknown alias');
select lives_ok($$ select * from apartado.put_items('boss', '[{"sku": "a", "title": "A"}]') $$, 'an operator may');
