-- _active_count: how many reservations and queue places a member has now.
--
-- Gives   a count; what is past its deadline does not count, whether or not it was closed, nor who waits for a drop that ended
create or replace function apartado._active_count(p_member_id bigint, p_now timestamptz)
  returns integer
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  set jit = off
as $$
declare
  -- parameters, not literals: with a literal the planner may use a partial index (where status = 'active'), over everybody's rows
  c_active constant text := 'active';
  c_open   constant text[] := '{waiting,offered,suspended}';
  v_active integer;
  v_waits  boolean;
begin
  -- the deadline stands in FILTER, not in WHERE: a plan cached while the table was empty would scan the index of deadlines
  select count(*) filter (where r.expires_at > p_now),
         exists (select from apartado.queue_entries q
                  where q.member_id = p_member_id and q.status = any (c_open))
    into v_active, v_waits
    from apartado.reservations r
   where r.member_id = p_member_id and r.status = c_active;

  -- skipped for members who wait nowhere: of this query the executor's start-up costs more than the run
  if v_waits then
    -- a wish is one, in however many queues it stands
    v_active := v_active + (
      select count(distinct coalesce(q.wish_id, -q.queue_entry_id))
        from apartado.queue_entries q
       where q.member_id = p_member_id and q.status = any (c_open)
         -- an open offer stays valid past needed_until
         and (q.needed_until is null or q.needed_until > p_now or q.status = 'offered' and q.offered_until > p_now)
         -- scalar subqueries, not EXISTS: the planner may turn EXISTS into a semi-join that scans all of stock
         and case when q.status = 'offered'
                  then q.offered_until > p_now or (select s.missed <> 'drop' from apartado.stock s where s.stock_id = q.stock_id)
                  else (select s.closes_at > p_now from apartado.stock s where s.stock_id = q.stock_id) end
         and (q.wish_id is null or q.status = 'offered'
              or exists (select from apartado.wishes w where w.wish_id = q.wish_id and w.closed_at is null)));
  end if;
  return v_active;
end;
$$;

comment on function apartado._active_count(bigint, timestamptz) is 'How many reservations and queue places a member has now.';
