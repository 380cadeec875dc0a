select plan(4);
select tests.members('ana');
select from apartado.join_walk_in(null, tests.device('phone'));
select from apartado.join_walk_in('ana');
select from apartado.merge_carts('ana', tests.device('phone'));
select is((select concat_ws(' ', ticket, alias, waiting) from apartado.serve_next(null)), '1 ana 0', 'the earlier place is kept');
select is((select concat_ws(' ', ticket, status) from apartado.get_walk_in_position('ana')), '1 served', 'called, though a later place was left');
select is((select concat_ws(' ', ticket, status) from apartado.join_walk_in('ana')), '1 served', 'and not put back into the line');
select tests.commits();
