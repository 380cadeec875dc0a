drop function if exists apartado.get_member(text, text);
drop function if exists apartado.list_media(text, bigint, text, text, text, bigint, integer);
