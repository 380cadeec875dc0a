select plan(7);
select tests.members('ana');
select tests.cannot_commit('update apartado.members set ' || edit, code, edit) from (values
  ('alias = ''Ana''', '23514'), ('alias = ''''', '23514'), ('alias = null', '23502'), ('secret_hash = ''\x00''', '23514'),
  ('language = ''fr''', '23514'), ('is_operator = null', '23502')) v (edit, code);
select tests.cannot_commit('insert into apartado.members (alias, secret_hash, created_at) select alias, secret_hash, created_at from apartado.members', '23505', 'an alias twice');
