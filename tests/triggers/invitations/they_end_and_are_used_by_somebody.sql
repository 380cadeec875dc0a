select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), apartado.invite_member(null);
select tests.cannot_commit('update apartado.invitations set ' || edit, code, edit) from (values
  ('expires_at = created_at + interval ''720 hours 1 second''', '23514'), ('expires_at = created_at', '23514'), ('expires_at = null', '23502'),
  ('code_hash = ''\x00''', '23514'), ('used_at = created_at', '23514'), ('used_at = created_at, used_by = 0', '23503')) v (edit, code);
