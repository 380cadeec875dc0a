-- _check_device: whether a device named itself with a token that nobody guesses.
--
-- Raises  RS205 shorter than 32 or longer than 200 characters
create or replace function apartado._check_device(p_device text)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if length(p_device) not between 32 and 200 then
    perform apartado._refuse('RS205', 'device', jsonb_build_object('shortest', 32, 'longest', 200));
  end if;
end;
$$;

comment on function apartado._check_device(text) is 'Whether a device named itself with a token that nobody guesses.';
