-- set_location: make a location, or say what it is called and where orders may be sent to.
--
-- Gives   the location as it then is. What is null stays as it was; a new one is called as its code
-- Raises  RS205 a code that is none, a blank name or one of more than 200 characters, a number that is none, or
--         a reason that is blank or of more than 500 characters
-- Tells   location.changed with the reason, to operators
-- Notes   p_phone with the code of its country; signs and blanks are left out, and an empty text takes it away
create or replace function apartado.set_location(
  p_actor           text,
  p_location        text,
  p_name            text default null,
  p_phone           text default null,
  p_idempotency_key text default null,
  p_reason          text default null,
  out location      text,
  out name          text,
  out phone         text,
  out server_time   timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_location, p_name, p_phone, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'set_location', v_request);
  v_phone   text := translate(p_phone, ' +-.()/', '');
begin
  if v_answer is null then
    perform apartado._check_code('location', p_location);
    if btrim(p_name) = '' or length(p_name) > 200 then
      perform apartado._refuse('RS205', 'name', jsonb_build_object('shortest', 1, 'longest', 200));
    elsif v_phone <> '' and v_phone !~ '^[1-9][0-9]{6,14}$' then
      perform apartado._refuse('RS205', 'phone', '{"expected": "7 to 15 digits, with the code of the country"}');
    end if;

    perform apartado._say_why(p_reason);
    insert into apartado.locations as l (code, name, phone)
    values (p_location, coalesce(p_name, p_location), nullif(v_phone, ''))
    on conflict on constraint location_code_is_unique do update
       set name = coalesce(p_name, l.name), phone = nullif(coalesce(v_phone, l.phone), '')
    returning jsonb_build_object('location', l.code, 'name', l.name, 'phone', l.phone, 'server_time', apartado.clock())
         into v_answer;
    perform apartado._say_why(null);
    perform apartado._remember(v_owner, p_idempotency_key, 'set_location', v_request, v_answer);
  end if;

  select * into location, name, phone, server_time
    from jsonb_to_record(v_answer) as (location text, name text, phone text, server_time timestamptz);
end;
$$;

comment on function apartado.set_location(text, text, text, text, text, text) is 'Make a location, or say what it is called and where orders may be sent to. Example: select * from apartado.set_location(null, ''till'', p_phone => ''+34 600 000 000'')';

grant execute on function apartado.set_location to apartado_api, apartado_operator;
