-- _seen_again_after: how long after it was noted that a session is used it is noted again.
--
-- Notes   most requests of a session write nothing for it. As clock(): parsed when it was made, and put in place of its calls
create or replace function apartado._seen_again_after()
  returns interval
  language sql
  immutable
  return interval '5 minutes';

comment on function apartado._seen_again_after() is 'How long after it was noted that a session is used it is noted again.';
