-- set_bootstrap_secret: lay down the secret with which one member may make themself an operator, once.
--
-- Gives   true where it is new, false where it was known (used or not)
-- Raises  RS205 shorter than 16 characters
create or replace function apartado.set_bootstrap_secret(p_secret text)
  returns boolean
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_secret is null or length(p_secret) < 16 then
    perform apartado._refuse('RS205', 'secret', jsonb_build_object('shortest', 16));
  end if;

  insert into apartado.bootstrap_secrets (secret_hash, created_at)
  values (apartado._hash(p_secret), apartado.clock())
  on conflict do nothing;

  return found;
end;
$$;

comment on function apartado.set_bootstrap_secret(text) is 'Lay down the secret with which one member may make themself an operator, once.';

grant execute on function apartado.set_bootstrap_secret to apartado_operator;
