-- _say_why: what is done from here on is told with this reason, until it is called with null.
--
-- Raises  RS205 blank, or longer than 500 characters
-- Notes   the triggers that record it read the setting. null: nobody said why
create or replace function apartado._say_why(p_reason text)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_reason is not null then
    perform apartado._check_reason(p_reason);
  end if;
  perform set_config('apartado.reason', coalesce(p_reason, ''), true);
end;
$$;

comment on function apartado._say_why(text) is 'What is done from here on is told with this reason, until it is called with null.';
