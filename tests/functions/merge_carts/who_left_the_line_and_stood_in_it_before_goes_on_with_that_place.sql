select plan(2);
select tests.members('ana');
select from apartado.join_walk_in(null, tests.device('phone'));
select from apartado.join_walk_in('ana');
select from apartado.leave_walk_in('ana');
select lives_ok($$select * from apartado.merge_carts('ana', tests.device('phone'))$$, 'a place that was left stays as it was left');
select is((select concat_ws(' ', ticket, status) from apartado.get_walk_in_position('ana')), '1 waiting', 'the other is theirs now');
