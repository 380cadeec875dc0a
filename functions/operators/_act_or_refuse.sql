-- _act_or_refuse: does an action of operators as one of several, whose refusal is an answer and leaves the others alone.
--
-- Gives   outcome done, with the rows that it answered, or refused, with the words of the refusal, which has undone all that it did; RS205 for
--         an argument that cannot be read
-- Locks   as the action; the caller holds the stock rows that it is about
create or replace function apartado._act_or_refuse(
  p_actor     text,
  p_function  text,
  p_args      jsonb,
  out outcome text,
  out answer  jsonb,
  out code    text,
  out message text,
  out hint    text,
  out detail  text
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_problem text;
begin
  begin
    begin
      execute apartado._call_of(p_function, p_args) into answer using p_actor, p_args;
      outcome := 'done';
    exception
      when data_exception then
        get stacked diagnostics v_problem = message_text;
        perform apartado._refuse('RS205', 'args', jsonb_build_object('function', p_function, 'problem', left(v_problem, 200)));
    end;
  exception
    when sqlstate 'RS000' then -- a class: it catches every RS code
      get stacked diagnostics code = returned_sqlstate, message = message_text, hint = pg_exception_hint, detail = pg_exception_detail;
      outcome := 'refused';
      answer := null;
  end;
end;
$$;

comment on function apartado._act_or_refuse(text, text, jsonb) is 'Does an action of operators as one of several, whose refusal is an answer and leaves the others alone.';
