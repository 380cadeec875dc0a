select plan(5);
select tests.members('ana', 'ben');
select from apartado.join_walk_in('ana');
select from apartado.join_walk_in('ben');
select from apartado.serve_next(null);
select tests.cannot_commit(e, 'RS312', e) from unnest(array[
  'update apartado.walk_in_entries set status = ''waiting'', closed_at = null', 'update apartado.walk_in_entries set ticket = ticket + 10',
  'delete from apartado.walk_in_entries', 'truncate apartado.walk_in_entries']) e;
select tests.commits();
