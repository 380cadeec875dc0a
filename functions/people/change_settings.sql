-- change_settings: say who may become a member.
--
-- Gives   the settings as they then are. What is null stays as it was; without anything it only shows them
-- Raises  RS205 registration is not open, invite or closed, or a reason of more than 500 characters
-- Locks   the row of settings
-- Tells   settings.changed with the reason, to operators, through triggers/settings.sql
create or replace function apartado.change_settings(
  p_actor           text,
  p_registration    text default null,
  p_reason          text default null,
  p_idempotency_key text default null,
  out registration  text
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._operator(p_actor);
  v_request jsonb := jsonb_build_array(p_registration, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'change_settings', v_request);
begin
  if v_answer is null then
    if p_registration not in ('open', 'invite', 'closed') then
      perform apartado._refuse('RS205', 'registration', jsonb_build_object('allowed', 'open, invite, closed'));
    elsif p_reason is not null then
      perform apartado._check_reason(p_reason);
    end if;

    perform set_config('apartado.reason', coalesce(p_reason, ''), true);
    update apartado.settings s
       set registration = coalesce(p_registration, s.registration)
    returning to_jsonb(s) into v_answer;
    perform set_config('apartado.reason', '', true);
    perform apartado._remember(v_owner, p_idempotency_key, 'change_settings', v_request, v_answer);
  end if;

  registration := v_answer ->> 'registration';
end;
$$;

comment on function apartado.change_settings(text, text, text, text) is 'Say who may become a member. Example: select * from apartado.change_settings(null, ''invite'', p_reason => ''the bots found us'')';

grant execute on function apartado.change_settings to apartado_api, apartado_operator;
