select plan(4);
select tests.members('ana', 'ben');
select from apartado.join_walk_in('ana');
select from apartado.join_walk_in('ben');
select from apartado.bar_member(null, 'ana', 'why', p_end => true);
select is((select string_agg(w.status, ' ' order by w.ticket) from apartado.walk_in_entries w), 'left waiting', 'they left the line');
select is((select count(*) from apartado.events e where e.kind = 'walk_in.left'), 1::bigint, 'which is told');
select is((select n.alias from apartado.serve_next(null) n), 'ben', 'and the next is called');
select tests.commits();
