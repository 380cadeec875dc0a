-- _reason: why one row of many was refused, as a sentence for a report.
--
-- Gives   code, field, the message of the code in the person's language, and the facts
create or replace function apartado._reason(p_code text, p_field text, p_facts jsonb)
  returns text
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select left(p_code, 5) || ' ' || p_field || ': ' || m.message
         || coalesce(' (' || left((select string_agg(f.key || ': ' || coalesce(f.value, '–'), ', ' order by f.key)
                                     from jsonb_each_text(p_facts) f), 300) || ')', '')
    from apartado.messages m
   where m.code = p_code
     and m.language = apartado._language();
$$;

comment on function apartado._reason(text, text, jsonb) is 'Why one row of many was refused, as a sentence for a report.';
