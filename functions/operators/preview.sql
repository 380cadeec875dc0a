-- preview: what an operator's action would do, without doing it.
--
-- Gives   outcome: done, or refused; answer: the rows that it would give; code, message, hint, detail: of the refusal; events:
--         what would be told, in order; changes: the stock rows whose numbers would be others, before and after
-- Raises  RS205 not an action of operators, or arguments that it does not have, cannot read, or lacks
-- Locks   what the action locks, until it is undone
-- Tells   nothing
-- Notes   the action itself runs and is rolled back, what a commit would check included, so nothing is said here that it would
--         not do; nothing is kept, and no number of the stream is used up. Ids are those of this try, not of the action to
--         come. p_args: the arguments by name, without p_, as over HTTP
create or replace function apartado.preview(
  p_actor         text,
  p_function      text,
  p_args          jsonb default '{}',
  out outcome     text,
  out answer      jsonb,
  out code        text,
  out message     text,
  out hint        text,
  out detail      text,
  out events      jsonb,
  out changes     jsonb,
  out server_time timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_call   text;
  v_newest bigint;
  v_unread text;
begin
  perform apartado._operator(p_actor);
  v_call := apartado._call_of(p_function, p_args);
  server_time := apartado.clock();
  v_newest := (select q.last_value from apartado.events_event_id_seq q);
  outcome := 'refused';

  begin
    execute v_call into answer using p_actor, p_args;
    set constraints all immediate;
    select f.events, f.stock into events, changes from apartado._told_here(v_newest) f;
    outcome := 'done';
    raise exception using errcode = 'AP001', message = 'a preview is not kept';
  exception
    when sqlstate 'AP001' then
      changes := apartado._differences(changes);
    when sqlstate 'RS000' then -- a class: it catches every RS code
      get stacked diagnostics code = returned_sqlstate, message = message_text, hint = pg_exception_hint, detail = pg_exception_detail;
      answer := null;
    when data_exception then
      get stacked diagnostics v_unread = message_text;
  end;
  if v_unread is not null then
    perform apartado._refuse('RS205', 'args', jsonb_build_object('function', p_function, 'problem', left(v_unread, 200)));
  end if;
end;
$$;

comment on function apartado.preview(text, text, jsonb) is 'What an operator''s action would do, without doing it. Example: select * from apartado.preview(null, ''adjust_stock'', ''{"item": 1, "delta": 2, "reason": "delivery"}'')';

grant execute on function apartado.preview to apartado_api, apartado_operator;
