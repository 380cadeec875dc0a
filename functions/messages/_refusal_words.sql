-- _refusal_words: what a refusal says, in one of our languages.
--
-- Gives   title and hint from table messages, and detail: the facts, or the parameter where there are none
-- Notes   what somebody sent may be among the facts: 200 characters of a value are told, and 500 of all; known, which names
--         there are, is ours and told whole
create or replace function apartado._refusal_words(
  p_code     text,
  p_column   text,
  p_facts    jsonb,
  p_language text,
  out title  text,
  out detail text,
  out hint   text
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  select m.message, m.hint
    into strict title, hint
    from apartado.messages m
   where m.code = p_code
     and m.language = p_language;

  select string_agg(f.key || ': ' || case when f.key <> 'known' and length(f.value) > 200 then left(f.value, 200) || '…' else coalesce(f.value, '–') end,
                    ', ' order by f.key)
    into detail
    from jsonb_each_text(p_facts) f;
  detail := coalesce(left(detail, 500), 'parameter: ' || p_column);
end;
$$;

comment on function apartado._refusal_words(text, text, jsonb, text) is 'What a refusal says, in one of our languages.';
