-- _refuse_straight: the refusals of several members who ask for units of one stock row, as answers.
--
-- Gives   for each request that reserve would refuse its number, the code and the words, in the language of its session
-- Locks   none itself: the caller holds the turns of all these members, and the stock row that all of them are about
-- Notes   the row is settled, so a refusal writes nothing: no subtransaction is needed, and the next request finds the same.
--         Stops at the first request that would not be refused: that one and all later ones go to reserve. Skipped, for reserve
--         to answer: what other things than this row refuse (a bad value, a barred member), who waits there already and keeps
--         the place, and a repeated key that this call has just served.
create or replace function apartado._refuse_straight(p_requests apartado.reserve_request[])
  returns table (
    number integer,
    code   text,
    title  text,
    detail text,
    hint   text,
    field  text
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set jit = off
as $$
#variable_conflict use_column
declare
  v_now   timestamptz := apartado.clock();
  v_stock apartado.stock;
  v_asked record;
  v_facts jsonb;
begin
  select s.* into v_stock from apartado.stock s where s.stock_id = p_requests[1].stock_id;
  if v_stock.stock_id is null or not apartado._is_settled(v_stock, v_now) then
    return;
  end if;

  for v_asked in
    select r.*, r.if_unavailable = 'queue' as queues, t.class_id, s.language as speaks
      from unnest(p_requests) r
      join apartado.member_turns t on t.member_id = r.member_id
      join apartado.sessions s on s.session_id = r.session_id
     where not t.barred
       and r.quantity >= 1
       and r.if_unavailable in ('fail', 'queue')
       and (r.ttl is null or extract(epoch from r.ttl) > 0 and r.ttl <= apartado._longest_hold())
       and not (r.if_unavailable = 'queue'
                and exists (select from apartado.queue_entries q
                             where q.stock_id = v_stock.stock_id and q.member_id = r.member_id and q.status = 'waiting'))
       and not (r.repeats
                and exists (select
                              from apartado.members m
                              join apartado.idempotency_keys k on k.owner = m.alias and k.key = r.idempotency_key
                             where m.member_id = r.member_id))
     order by r.number
  loop
    code := null;
    select f.code, f.parameter, f.facts
      into code, field, v_facts
      from apartado._refusals(v_stock, v_asked.member_id, v_asked.class_id, v_asked.quantity,
                              make_interval(secs => extract(epoch from v_asked.ttl)), v_now, v_asked.queues) f
     limit 1;
    exit when code is null;
    number := v_asked.number;
    select w.title, w.detail, w.hint
      into title, detail, hint
      from apartado._refusal_words(code, field, v_facts, v_asked.speaks) w;
    code := left(code, 5);
    return next;
  end loop;
end;
$$;

comment on function apartado._refuse_straight(apartado.reserve_request[]) is 'The refusals of several members who ask for units of one stock row, as answers.';
