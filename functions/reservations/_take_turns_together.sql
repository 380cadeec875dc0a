-- _take_turns_together: locks what requests that came in one call need before the stock row, and says whose may go straight.
--
-- Gives   callers: number, member, session and fields of each request whose session is good and whose key, if it brings one,
--         is new, up to the first of a member who asked before · busy: the numbers of requests whose key or turn somebody has in this moment
-- Locks   idempotency keys, then the turns of these members, which it bumps; neither waiting, or one would hold up all
-- Notes   whoever is not among the callers is left to the ordinary call, where the refusals stand
create or replace function apartado._take_turns_together(
  p_requests  jsonb,
  p_now       timestamptz,
  out callers jsonb,
  out busy    integer[]
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  v_is_keyed   boolean;
  v_member_ids bigint[];
  v_unseen     bigint[];
  v_repeat     integer;
begin
  select jsonb_agg(to_jsonb(k)), bool_or(k.key is not null), array_agg(k.member_id),
         array_agg(k.session_id) filter (where k.seen_at < p_now - interval '5 minutes'), min(k.number) filter (where not k.is_first)
    into callers, v_is_keyed, v_member_ids, v_unseen, v_repeat
    from (
      select e.number, m.member_id, m.alias, s.session_id, s.language, s.last_seen_at as seen_at,
             row_number() over (partition by m.member_id order by e.number) = 1 as is_first,
             e.request ->> 'idempotency_key' as key, f.quantity, f.ttl, f.if_unavailable
        from jsonb_array_elements(p_requests) with ordinality e (request, number)
       cross join lateral apartado._reserve_fields(e.request) f
        join apartado.sessions s on s.token_hash = apartado._hash(e.request ->> 'token')
        join apartado.members m on m.member_id = s.member_id
       where s.ended_at is null
         and s.expires_at > p_now
         and m.barred_at is null
    ) k;
  if v_unseen is not null then
    perform apartado._note_seen(v_unseen, p_now);
  end if;
  if v_is_keyed then
    busy := array(
      select c.number
        from jsonb_to_recordset(callers) c (number integer, alias text, key text)
       where case when length(c.key) between 1 and 200 then not pg_try_advisory_xact_lock(apartado._key_lock(c.alias, c.key)) end);
  end if;

  with turns as (
    update apartado.member_turns t
       set turn = t.turn + 1
     where t.member_id in (select x.member_id
                             from apartado.member_turns x
                            where x.member_id = any (v_member_ids)
                              for no key update skip locked)
    returning t.member_id
  )
  select coalesce(array_agg(t.member_id), '{}') into v_member_ids from turns t;

  -- keys are looked up in a statement after their locks, which sees what was remembered under them; and who was barred meanwhile
  select jsonb_agg(c.caller order by c.number) filter (where c.is_taken and c.is_new and c.may_act and c.number < coalesce(v_repeat, c.number + 1)),
         busy || array_agg(c.number) filter (where not c.is_taken)
    into callers, busy
    from (
      select x.caller, r.number, r.member_id = any (v_member_ids) as is_taken,
             not exists (select from apartado.members m where m.member_id = r.member_id and m.barred_at is not null) as may_act,
             r.key is null
               or length(r.key) between 1 and 200 and r.number <> all (busy)
                  and not exists (select from apartado.idempotency_keys k
                                   where k.owner = r.alias and k.key = r.key and k.created_at > p_now - interval '24 hours') as is_new
        from jsonb_array_elements(callers) x (caller)
       cross join jsonb_to_record(x.caller) r (number integer, member_id bigint, alias text, key text)
    ) c;
end;
$$;

comment on function apartado._take_turns_together(jsonb, timestamptz) is 'Locks what requests that came in one call need before the stock row, and says whose may go straight.';
