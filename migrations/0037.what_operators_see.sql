-- depends: 0036.cancelled_waves
-- Operators could not see which other logins a member is linked to, nor a medium that hangs nowhere.

-- its answer has another column now
drop function if exists apartado.get_member(text, text);

-- it takes more parameters now: the old one would stand beside it
drop function if exists apartado.list_media(text, bigint, text, text, text);
