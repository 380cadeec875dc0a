-- act_on_many: do one operator's action on many things, each as if it had come alone, in one transaction.
--
-- Gives   a row per call, in order: outcome done, with the rows that the action answered, or refused, with code, message, hint and detail;
--         what one is refused undoes that one alone
-- Raises  RS204 more than 500 calls · RS205 not an action that may be done so, no list, or an empty one
-- Locks   a gate of the rules, all stock rows that the calls are about by id, the wishes of those who wait there, then what the action locks
-- Tells   what the action tells, for each
-- Notes   p_function: adjust_stock, mark_sold, move_entry, pause_queue, remove_entry, revoke_reservation, set_visibility, transfer_stock or
--         undo_sale: those that take no member's turn, which would come before the stock. p_calls: [{"item": 1, "reason": "why"}, …], the
--         arguments by name, without p_, as in preview
create or replace function apartado.act_on_many(
  p_actor           text,
  p_function        text,
  p_calls           jsonb,
  p_idempotency_key text default null
)
  returns table (
    number  integer,
    outcome text,
    answer  jsonb,
    code    text,
    message text,
    hint    text,
    detail  text
  )
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  c_actions constant text[] := '{adjust_stock,mark_sold,move_entry,pause_queue,remove_entry,revoke_reservation,set_visibility,transfer_stock,undo_sale}';
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_function, p_calls);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'act_on_many', v_request);
begin
  if v_answer is null then
    if p_function is null or p_function <> all (c_actions) then
      perform apartado._refuse('RS205', 'function', jsonb_build_object('function', left(p_function, 100), 'expected', array_to_string(c_actions, ', ')));
    elsif jsonb_typeof(p_calls) is distinct from 'array' or p_calls = '[]' then
      perform apartado._refuse('RS205', 'calls', '{"expected": "list of {the action''s arguments}"}');
    elsif jsonb_array_length(p_calls) > 500 then
      perform apartado._refuse('RS204', 'calls', jsonb_build_object('calls', jsonb_array_length(p_calls), 'most', 500));
    end if;

    perform apartado._pass_gate();
    perform apartado._lock_stocks(apartado._stock_of_calls(p_calls));
    v_answer := (
      select jsonb_agg(to_jsonb(a) || jsonb_build_object('number', c.number) order by c.number)
        from jsonb_array_elements(p_calls) with ordinality c (args, number)
       cross join lateral apartado._act_or_refuse(p_actor, p_function, c.args) a);

    perform apartado._remember(v_owner, p_idempotency_key, 'act_on_many', v_request, v_answer);
  end if;

  return query
    select a.*
      from jsonb_to_recordset(v_answer) as a (number integer, outcome text, answer jsonb, code text, message text, hint text, detail text)
     order by a.number;
end;
$$;

comment on function apartado.act_on_many(text, text, jsonb, text) is 'Do one operator''s action on many things, each as if it had come alone, in one transaction. Example: select * from apartado.act_on_many(null, ''set_visibility'', ''[{"item": 1, "visible": false, "reason": "stock-taking"}, {"item": 2, "visible": false, "reason": "stock-taking"}]'')';

grant execute on function apartado.act_on_many to apartado_api, apartado_operator;
