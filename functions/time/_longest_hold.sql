-- _longest_hold: how long anything may be asked to be held.
--
-- Notes   a leap year, in hours, because a day may have 23 or 25 of them; a CHECK on policies says the same.
--         Inlined, see clock()
create or replace function apartado._longest_hold()
  returns interval
  language sql
  immutable
  return interval '8784 hours';

comment on function apartado._longest_hold() is 'How long anything may be asked to be held.';
