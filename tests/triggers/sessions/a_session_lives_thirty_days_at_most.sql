select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select from apartado.sign_in('ana');
select tests.cannot_commit('update apartado.sessions set ' || edit, code, edit) from (values
  ('expires_at = created_at + interval ''720 hours 1 second''', '23514'), ('expires_at = ''infinity''', '23514'), ('expires_at = created_at', '23514'),
  ('token_hash = ''\x00''', '23514'), ('language = ''fr''', '23514'), ('expires_at = null', '23502')) v (edit, code);
