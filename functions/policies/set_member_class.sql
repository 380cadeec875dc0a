-- set_member_class: put a member into a class with rules of its own, or into none.
--
-- Gives   the member and their class; null: none
-- Raises  RS103 no such member · RS205 no such class (set_policy makes them), or no reason
-- Locks   the operator's member row and the member's, by id; a gate of the rules, the member's turn
-- Tells   member.changed with the reason, through triggers/members.sql, to the member and to operators
-- Notes   what they have keeps its deadline, and places in queues keep their priority: it is taken when joining. The
--         new rules begin with their next command, and with their next promotion
create or replace function apartado.set_member_class(
  p_actor           text,
  p_alias           text,
  p_class           text,
  p_reason          text,
  p_idempotency_key text default null,
  out alias         text,
  out class         text,
  out server_time   timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner    text := apartado._acting_operator(p_actor, p_alias);
  v_request  jsonb := jsonb_build_array(p_alias, p_class, p_reason);
  v_answer   jsonb := apartado._recall(v_owner, p_idempotency_key, 'set_member_class', v_request);
  v_class_id bigint := (select c.class_id from apartado.member_classes c where c.code = p_class);
begin
  if v_answer is not null then
    select * into alias, class, server_time
      from jsonb_to_record(v_answer) as (alias text, class text, server_time timestamptz);
    return;
  end if;
  perform apartado._check_reason(p_reason);
  if p_class is not null and v_class_id is null then
    perform apartado._refuse('RS205/class', 'class', jsonb_build_object('class', left(p_class, 100)));
  end if;

  perform apartado._pass_gate();
  server_time := apartado.clock();
  perform apartado._say_why(p_reason);
  update apartado.members m
     set class_id = v_class_id
   where m.alias = apartado._canonical_alias(p_alias)
  returning m.alias into alias;
  perform apartado._say_why(null);
  if alias is null then
    perform apartado._refuse('RS103', 'alias', jsonb_build_object('alias', left(p_alias, 100)));
  end if;
  class := p_class;

  perform apartado._remember(v_owner, p_idempotency_key, 'set_member_class', v_request, jsonb_build_object(
    'alias', alias, 'class', class, 'server_time', server_time));
end;
$$;

comment on function apartado.set_member_class(text, text, text, text, text) is 'Put a member into a class with rules of its own, or into none. Example: select * from apartado.set_member_class(null, ''ana'', null, ''no longer a subscriber'')';

grant execute on function apartado.set_member_class to apartado_api, apartado_operator;
