-- revoke_operator: make an operator an ordinary member again.
--
-- Gives   the member
-- Raises  RS103 no such member · RS205 a reason that is blank or of more than 500 characters
--         RS312 a member says so of the last operator
-- Locks   for a member who says so the rows of all operators, by id, so that of two who revoke each other the second finds the
--         first gone; the member row
-- Tells   member.changed with the reason, to them and to operators, through triggers/members.sql
-- Notes   over HTTP there would be no way back; a database role may, because it can make another one
create or replace function apartado.revoke_operator(
  p_actor           text,
  p_alias           text,
  p_idempotency_key text default null,
  p_reason          text default null,
  out alias         text,
  out is_operator   boolean
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor, p_alias, true);
  v_request jsonb := jsonb_build_array(p_alias, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'revoke_operator', v_request);
begin
  if v_answer is null then
    -- who is barred does not count: they are let do nothing
    if p_actor is not null and not exists (
         select from apartado.members m where m.is_operator and m.barred_at is null and m.alias <> apartado._canonical_alias(p_alias)) then
      perform apartado._refuse('RS312/last_operator', 'alias', jsonb_build_object('alias', apartado._canonical_alias(p_alias), 'operators_left', 0));
    end if;
    perform apartado._say_why(p_reason);
    select to_jsonb(o) into v_answer from apartado._set_operator(p_alias, false) o;
    perform apartado._say_why(null);
    perform apartado._remember(v_owner, p_idempotency_key, 'revoke_operator', v_request, v_answer);
  end if;

  alias := v_answer ->> 'alias';
  is_operator := (v_answer ->> 'is_operator')::boolean;
end;
$$;

comment on function apartado.revoke_operator(text, text, text, text) is 'Make an operator an ordinary member again. Example: select * from apartado.revoke_operator(null, ''ana'')';

grant execute on function apartado.revoke_operator to apartado_api, apartado_operator;
