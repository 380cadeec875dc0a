-- _longest_hold: how long anything may be asked to be held.
--
-- Notes   a leap year, in hours, because a day is 23 or 25 of them twice a year; the tables say the same of policies.
--         As clock(): parsed when it was made, and put in place of its calls
create or replace function apartado._longest_hold()
  returns interval
  language sql
  immutable
  return interval '8784 hours';

comment on function apartado._longest_hold() is 'How long anything may be asked to be held.';
