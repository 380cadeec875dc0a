-- _callers: whose session each member's is, while rows are written for several who asked in one call.
--
-- Gives   session ids by member id, as _reserve_straight and _queue_straight were given them; null: what is written is the caller's
-- Notes   only the service makes such calls: what another login sets is nothing
create or replace function apartado._callers()
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return case when current_setting('apartado.callers', true) <> '' and pg_has_role(session_user, 'apartado_api', 'usage')
              then current_setting('apartado.callers')::jsonb end;
end;
$$;

comment on function apartado._callers() is 'Whose session each member''s is, while rows are written for several who asked in one call.';
