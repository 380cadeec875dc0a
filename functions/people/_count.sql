-- _count: counts something that may be done only so often for a subject in a window of time.
--
-- Gives   null where it was counted; else it was not, and this is how many seconds are left of the window
-- Locks   the row of the subject
-- Notes   the window begins with the first that is counted. A refusal that follows loses no count by its rollback: where this
--         gives seconds it has counted nothing
create or replace function apartado._count(
  p_kind    text,
  p_subject text,
  p_number  integer,
  p_limit   integer,
  p_window  interval
)
  returns integer
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := apartado.clock();
begin
  insert into apartado.attempts as a (kind, subject, window_started_at, tries)
  values (p_kind, p_subject, v_now, p_number)
  on conflict (kind, subject) do update
     set tries = case when a.window_started_at <= v_now - p_window then excluded.tries else a.tries + excluded.tries end,
         window_started_at = case when a.window_started_at <= v_now - p_window then v_now else a.window_started_at end
   where a.window_started_at <= v_now - p_window
      or a.tries + excluded.tries <= p_limit;
  if found then
    return null;
  end if;

  return coalesce((
    select greatest(1, ceil(extract(epoch from a.window_started_at + p_window - v_now)))
      from apartado.attempts a
     where a.kind = p_kind
       and a.subject = p_subject), 1);
end;
$$;

comment on function apartado._count(text, text, integer, integer, interval) is 'Counts something that may be done only so often for a subject in a window of time.';
