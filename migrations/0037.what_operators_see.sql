-- depends: 0036.cancelled_waves
-- Operators could not see which other logins a member is linked to.

-- its answer has another column now
drop function if exists apartado.get_member(text, text);
