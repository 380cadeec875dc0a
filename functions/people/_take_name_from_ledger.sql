-- _take_name_from_ledger: gives everything that somebody did another name in the ledger.
--
-- Gives   in how many events
-- Locks   the events, by id, as their numbering does
-- Notes   the one change of the ledger beside its numbering; its guard lets through this, with this setting, and nothing else
create or replace function apartado._take_name_from_ledger(p_from text, p_to text)
  returns bigint
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_events bigint;
begin
  perform set_config('apartado.anonymising', p_from, true);
  with theirs as materialized (
    select e.event_id
      from apartado.events e
     where e.actor = p_from
     order by e.event_id
       for no key update
  )
  update apartado.events e
     set actor = p_to
    from theirs t
   where e.event_id = t.event_id;
  get diagnostics v_events = row_count;
  perform set_config('apartado.anonymising', '', true);
  return v_events;
end;
$$;

comment on function apartado._take_name_from_ledger(text, text) is 'Gives everything that somebody did another name in the ledger.';
