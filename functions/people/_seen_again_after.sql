-- _seen_again_after: how long after it was noted that a session is used it is noted again.
--
-- Notes   so most requests write nothing to their session. Inlined, see clock()
create or replace function apartado._seen_again_after()
  returns interval
  language sql
  immutable
  return interval '5 minutes';

comment on function apartado._seen_again_after() is 'How long after it was noted that a session is used it is noted again.';
