-- _refuse: the one door through which every refusal leaves: code, sentence, facts, what to do next,
--   in the person's language.
--
-- Raises  p_code up to a slash, with MESSAGE and HINT from table messages in the person's language,
--         the facts as DETAIL and the parameter (without p_) as COLUMN
-- Notes   'RS312/by_hand' raises RS312 with words of its own, where one code has reasons with different ways out.
--         A refusal rolls back all that the call did before it; those of _refuse_straight are answers, with the same words.
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
  v_words record := apartado._refusal_words(p_code, p_column, p_facts, apartado._language());
begin
  raise exception using
    errcode = left(p_code, 5),
    message = v_words.title,
    detail  = v_words.detail,
    hint    = v_words.hint,
    column  = p_column;
end;
$$;

comment on function apartado._refuse(text, text, jsonb) is 'The one door through which every refusal leaves: code, sentence, facts, what to do next, in the person''s language.';
