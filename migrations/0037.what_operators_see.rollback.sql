drop function if exists apartado.get_member(text, text);
