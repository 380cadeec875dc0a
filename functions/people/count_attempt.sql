-- count_attempt: counts a try at a secret, before the try, in a statement of its own.
--
-- Raises  RS505 too many tries for that subject in the last minutes; the detail says how many seconds to wait
-- Locks   the row of the subject
-- Notes   called as a statement of its own and committed: a count inside the attempt would be rolled back with its refusal.
--         A success takes the count back (sign_in, claim_operator; not pair), so only failures add up.
create or replace function apartado.count_attempt(p_kind text, p_subject text, p_language text default null)
  returns void
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  c_limit  constant integer  := 10;
  c_window constant interval := interval '5 minutes';
  v_now    timestamptz := apartado.clock();
  v_tries  integer;
  v_since  timestamptz;
begin
  perform apartado._act_as('anonymous', null, p_language);

  insert into apartado.attempts as a (kind, subject, window_started_at, tries)
  values (p_kind, apartado._attempt_subject(p_kind, p_subject), v_now, 1)
  on conflict (kind, subject) do update
     set tries = case when a.window_started_at <= v_now - c_window then 1 else a.tries + 1 end,
         window_started_at = case when a.window_started_at <= v_now - c_window then v_now else a.window_started_at end
  returning a.tries, a.window_started_at
  into v_tries, v_since;

  if v_tries > c_limit then
    perform apartado._refuse('RS505', case p_kind when 'pair' then 'code' else 'alias' end, jsonb_build_object(
      'retry_after', ceil(extract(epoch from v_since + c_window - v_now))));
  end if;
end;
$$;

comment on function apartado.count_attempt(text, text, text) is 'Counts a try at a secret, before the try, in a statement of its own.';

grant execute on function apartado.count_attempt to apartado_api;
