-- take_attempt_back: takes back what count_attempt counted for an address, because the try was a success.
--
-- Locks   the row of the address, then that of the alias at it, as count_attempt does
-- Notes   a success takes back itself and those that had failed for the same alias from there: who comes in was not guessing. Whoever
--         has a secret of their own wins no guesses at those of others
create or replace function apartado.take_attempt_back(p_address text, p_kind text default null, p_subject text default null)
  returns void
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_address text := apartado._attempt_subject('address', p_address);
  v_tries   integer;
begin
  perform from apartado.attempts a where a.kind = 'address' and a.subject = v_address for no key update;
  delete from apartado.attempts a
   where a.kind = 'at_address'
     and a.subject = apartado._alias_at_address(p_kind, p_subject, p_address)
     and p_subject is not null
  returning a.tries into v_tries;

  update apartado.attempts a
     set tries = greatest(0, a.tries - coalesce(v_tries, 1))
   where a.kind = 'address'
     and a.subject = v_address;
end;
$$;

comment on function apartado.take_attempt_back(text, text, text) is 'Takes back what count_attempt counted for an address, because the try was a success.';

grant execute on function apartado.take_attempt_back to apartado_api;
