-- take_attempt_back: takes back what count_attempt counted for an address, because the try was a success.
--
-- Locks   the row of the address
-- Notes   one success takes back one try, its own: whoever has a secret of their own wins no guesses at those of others
create or replace function apartado.take_attempt_back(p_address text)
  returns void
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update apartado.attempts a
     set tries = a.tries - 1
   where a.kind = 'address'
     and a.subject = apartado._attempt_subject('address', p_address)
     and a.tries > 0;
end;
$$;

comment on function apartado.take_attempt_back(text) is 'Takes back what count_attempt counted for an address, because the try was a success.';

grant execute on function apartado.take_attempt_back to apartado_api;
