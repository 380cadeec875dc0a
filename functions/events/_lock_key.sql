-- _lock_key: the advisory lock of a purpose, or of one thing under it.
--
-- Gives   the key: 'bell' rings the listeners, 'numbering' numbers events, 'job:<name>' runs a job,
--         'loop:<name>' runs it again and again (loop_job writes that key out: its caller may not call this),
--         'sync_jobs' schedules them, 'item' with an item's id is the line in front of its stock rows
-- Notes   inlined, see clock()
create or replace function apartado._lock_key(p_purpose text, p_id bigint default 0)
  returns bigint
  language sql
  immutable
  return pg_catalog.hashtextextended('apartado ' || p_purpose, p_id);

comment on function apartado._lock_key(text, bigint) is 'The advisory lock of a purpose, or of one thing under it.';
