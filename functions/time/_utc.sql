-- _utc: a time as the stream and JSON show it: ISO 8601 in UTC with Z.
--
-- Notes   with microseconds, whatever the session's time zone. Inlined, see clock()
create or replace function apartado._utc(p_at timestamptz)
  returns text
  language sql
  stable
  return pg_catalog.to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

comment on function apartado._utc(timestamptz) is 'A time as the stream and JSON show it: ISO 8601 in UTC with Z.';
