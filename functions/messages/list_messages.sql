-- list_messages: what every refusal says, in each language.
--
-- Gives   code, language, message, hint
create or replace function apartado.list_messages()
  returns table (
    code     text,
    language text,
    message  text,
    hint     text
  )
  language sql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
  select m.code, m.language, m.message, m.hint
    from apartado.messages m
   order by m.code, m.language;
$$;

comment on function apartado.list_messages() is 'What every refusal says, in each language. Example: select * from apartado.list_messages()';

grant execute on function apartado.list_messages to apartado_api, apartado_operator;
