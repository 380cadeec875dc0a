-- _take_turns_together: locks what requests that came in one call need before the stock rows, and says whose may go straight.
--
-- Gives   free: the requests whose session is good, whose turn was had and whose key, if they bring one, is new
--         busy: the numbers of those whose key or turn somebody has in this moment
--         callers: whose session each free member's is, for the trigger that tells what they did
--         is_one_row: whether all requests are about one stock row, or none about any
-- Locks   idempotency keys, then the turns of these members, which it bumps; neither waiting, or one would hold up all
-- Notes   whoever is not free is left to the ordinary call, where the refusals stand
create or replace function apartado._take_turns_together(
  p_requests     apartado.reserve_request[],
  p_now          timestamptz,
  p_has_keys     boolean,
  out free       apartado.reserve_request[],
  out callers    text,
  out busy       integer[],
  out is_one_row boolean
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set jit = off
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  v_unseen bigint[];
  v_known  integer[] := '{}';
begin
  busy := '{}';
  if p_has_keys then
    busy := array(
      select r.number
        from unnest(p_requests) r
        join apartado.members m on m.member_id = r.member_id
       where case when length(r.idempotency_key) between 1 and 200
                  then not pg_try_advisory_xact_lock(apartado._key_lock(m.alias, r.idempotency_key)) end);
    -- a new statement, so its snapshot shows what was remembered under these locks
    v_known := array(
      select r.number
        from unnest(p_requests) r
        join apartado.members m on m.member_id = r.member_id
        left join apartado.idempotency_keys k on k.owner = m.alias and k.key = r.idempotency_key and k.created_at > p_now - apartado._key_lifetime()
       where k.key is not null
          or length(r.idempotency_key) not between 1 and 200);
  end if;

  with turns as (
    update apartado.member_turns t
       set turn = t.turn + 1
     -- = any (array), not a join: a join planned when there were few members scanned all of them, once for each request
     where t.member_id = any (array(select x.member_id
                                      from apartado.member_turns x
                                     where x.member_id = any (array(select r.member_id from unnest(p_requests) r))
                                       for no key update skip locked))
    returning t.member_id
  )
  select array_agg(r order by r.number) filter (where r.member_id = any (t.had) and r.number <> all (busy || v_known)),
         jsonb_object_agg(r.member_id, r.session_id) filter (where r.member_id is not null and not r.repeats),
         busy || array_agg(r.number) filter (where r.member_id is not null and r.member_id <> all (t.had)),
         array_agg(r.session_id) filter (where r.seen_at < p_now - apartado._seen_again_after()),
         min(r.stock_id) is not distinct from max(r.stock_id) and count(r.stock_id) in (0, count(*))
    into free, callers, busy, v_unseen, is_one_row
    from unnest(p_requests) r
   cross join (select array(select u.member_id from turns u) as had) t;

  if v_unseen is not null then
    perform apartado._note_seen(v_unseen, p_now);
  end if;
end;
$$;

comment on function apartado._take_turns_together(apartado.reserve_request[], timestamptz, boolean) is 'Locks what requests that came in one call need before the stock rows, and says whose may go straight.';
