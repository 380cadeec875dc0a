-- change_settings: say who may become a member, how often secrets may be tried, and how many commands a session may give.
--
-- Gives   the settings as they then are. What is null stays as it was; without anything it only shows them
-- Raises  RS204 a limit outside 0 (none) … 1,000,000 · RS205 registration is not open, invite or closed, or a reason that is
--         blank or of more than 500 characters
-- Locks   the row of settings
-- Tells   settings.changed with the reason, to operators, through triggers/settings.sql
create or replace function apartado.change_settings(
  p_actor           text,
  p_registration    text default null,
  p_alias_limit     integer default null,
  p_address_limit   integer default null,
  p_command_limit   integer default null,
  p_reason          text default null,
  p_idempotency_key text default null,
  out registration  text,
  out alias_limit   integer,
  out address_limit integer,
  out command_limit integer
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_registration, p_alias_limit, p_address_limit, p_command_limit, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'change_settings', v_request);
  v_column  text;
begin
  if v_answer is null then
    select l.name
      into v_column
      from (values ('alias_limit', p_alias_limit), ('address_limit', p_address_limit), ('command_limit', p_command_limit)) l (name, value)
     where l.value not between 0 and 1000000
     limit 1;
    if v_column is not null then
      perform apartado._refuse('RS204', v_column, jsonb_build_object('smallest', 0, 'largest', 1000000));
    elsif p_registration not in ('open', 'invite', 'closed') then
      perform apartado._refuse('RS205', 'registration', jsonb_build_object('expected', 'open, invite, closed'));
    end if;

    perform apartado._say_why(p_reason);
    update apartado.settings s
       set registration = coalesce(p_registration, s.registration),
           alias_limit = coalesce(p_alias_limit, s.alias_limit),
           address_limit = coalesce(p_address_limit, s.address_limit),
           command_limit = coalesce(p_command_limit, s.command_limit)
    returning to_jsonb(s) into v_answer;
    perform apartado._say_why(null);
    perform apartado._remember(v_owner, p_idempotency_key, 'change_settings', v_request, v_answer);
  end if;

  select * into registration, alias_limit, address_limit, command_limit
    from jsonb_to_record(v_answer) as (registration text, alias_limit integer, address_limit integer, command_limit integer);
end;
$$;

comment on function apartado.change_settings(text, text, integer, integer, integer, text, text) is 'Say who may become a member, how often secrets may be tried, and how many commands a session may give. Example: select * from apartado.change_settings(null, ''invite'', p_reason => ''the bots found us'')';

grant execute on function apartado.change_settings to apartado_api, apartado_operator;
