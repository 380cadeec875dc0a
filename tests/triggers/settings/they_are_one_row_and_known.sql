select plan(5);
select tests.cannot_commit(edit, code, edit) from (values
  ('insert into apartado.settings default values', '23505'), ('insert into apartado.settings (only_row) values (false)', '23514'),
  ('update apartado.settings set only_row = false', '23514'), ('update apartado.settings set registration = ''maybe''', '23514'),
  ('update apartado.settings set registration = null', '23502')) v (edit, code);
