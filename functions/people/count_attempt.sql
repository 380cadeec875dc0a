-- count_attempt: counts a try at a secret, before the try, in a statement of its own.
--
-- Raises  RS205 no kind, or one of more than 40 characters · RS505 too many tries for that subject, or too many failures from that address, in the last minutes; the detail says how
--         many seconds to wait
-- Locks   the row of the address, then that of the subject
-- Notes   called as a statement of its own and committed: a count inside the attempt would be rolled back with its refusal.
--         A success takes the count back: for the alias in sign_in and claim_operator, not in pair; for the address in
--         take_attempt_back, with those that failed before for the same alias. So only failures of those who do not come in add up,
--         and a shop whose people share an address is not locked out by coming in, though they mistype.
create or replace function apartado.count_attempt(
  p_kind     text,
  p_subject  text,
  p_language text default null,
  p_address  text default null
)
  returns void
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  c_window   constant interval := interval '5 minutes';
  v_settings apartado.settings;
  v_wait     integer;
begin
  perform apartado._act_as('anonymous', null, p_language);
  if p_kind is null or length(p_kind) > 40 then
    perform apartado._refuse('RS205', 'kind');
  end if;
  select s.* into v_settings from apartado.settings s;

  if p_address is not null and v_settings.address_limit > 0 then
    v_wait := apartado._count('address', apartado._attempt_subject('address', p_address), 1, v_settings.address_limit, c_window);
    if v_wait is not null then
      perform apartado._refuse('RS505', 'address', jsonb_build_object('retry_after', v_wait));
    end if;
  end if;

  -- a token of another login is guessed by nobody, and names nobody before it is verified
  if p_kind <> 'sign_in_with_identity' and v_settings.alias_limit > 0 then
    v_wait := apartado._count(p_kind, apartado._attempt_subject(p_kind, p_subject), 1, v_settings.alias_limit, c_window);
    if v_wait is not null then
      perform apartado._refuse('RS505', case p_kind when 'pair' then 'code' else 'alias' end, jsonb_build_object('retry_after', v_wait));
    end if;
  end if;

  if p_address is not null and v_settings.address_limit > 0 then
    perform apartado._count('at_address', apartado._alias_at_address(p_kind, p_subject, p_address), 1, 2147483647, c_window);
  end if;
end;
$$;

comment on function apartado.count_attempt(text, text, text, text) is 'Counts a try at a secret, before the try, in a statement of its own.';

grant execute on function apartado.count_attempt to apartado_api;
