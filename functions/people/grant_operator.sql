-- grant_operator: make a member an operator.
--
-- Gives   the member
-- Raises  RS103 no such member · RS205 a reason that is blank or of more than 500 characters
--         RS312 their name was taken out of everything
-- Locks   the member row
-- Tells   member.changed with the reason, to them and to operators, through triggers/members.sql
create or replace function apartado.grant_operator(
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
  v_owner   text := apartado._acting_operator(p_actor, p_alias);
  v_request jsonb := jsonb_build_array(p_alias, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'grant_operator', v_request);
begin
  if v_answer is null then
    -- nobody can act as them; their alias says so, and is never another one's
    if exists (select from apartado.members m where m.alias = apartado._canonical_alias(p_alias) and m.anonymised_at is not null) then
      perform apartado._refuse('RS312/nameless', 'alias', jsonb_build_object('alias', left(p_alias, 100)));
    end if;
    perform apartado._say_why(p_reason);
    select to_jsonb(o) into v_answer from apartado._set_operator(p_alias, true) o;
    perform apartado._say_why(null);
    perform apartado._remember(v_owner, p_idempotency_key, 'grant_operator', v_request, v_answer);
  end if;

  alias := v_answer ->> 'alias';
  is_operator := (v_answer ->> 'is_operator')::boolean;
end;
$$;

comment on function apartado.grant_operator(text, text, text, text) is 'Make a member an operator. Example: select * from apartado.grant_operator(null, ''ana'')';

grant execute on function apartado.grant_operator to apartado_api, apartado_operator;
