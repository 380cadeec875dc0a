-- _refuse: the one door through which every refusal leaves: code, sentence, facts, what to do next,
--   in the person's language.
--
-- Raises  p_code up to a slash, with MESSAGE and HINT from table messages in the person's language,
--         the facts as DETAIL and the parameter (without p_) as COLUMN
-- Notes   'RS312/by_hand' raises RS312 with words of its own, where one code has reasons with different ways out.
--         A refusal rolls back all that the call did before it. What somebody sent may be among the facts: 200 characters of
--         a value are told, and 500 of all; known, which names there are, is ours and told whole
create or replace function apartado._refuse(
  p_code   text,
  p_column text,
  p_facts  jsonb default '{}'
)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_message text;
  v_hint    text;
  v_facts   text;
begin
  select m.message, m.hint
    into strict v_message, v_hint
    from apartado.messages m
   where m.code = p_code
     and m.language = apartado._language();

  select string_agg(f.key || ': ' || case when f.key <> 'known' and length(f.value) > 200 then left(f.value, 200) || '…' else coalesce(f.value, '–') end,
                    ', ' order by f.key)
    into v_facts
    from jsonb_each_text(p_facts) f;

  raise exception using
    errcode = left(p_code, 5),
    message = v_message,
    detail  = coalesce(left(v_facts, 500), 'parameter: ' || p_column),
    hint    = v_hint,
    column  = p_column;
end;
$$;

comment on function apartado._refuse(text, text, jsonb) is 'The one door through which every refusal leaves: code, sentence, facts, what to do next, in the person''s language.';
