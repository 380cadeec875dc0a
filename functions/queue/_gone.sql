-- _gone: how many entries of a queue are there no more, although nobody has written that yet.
--
-- Gives   a count, of all or of those in front of a place: not needed any more, or of a wish that was fulfilled elsewhere
create or replace function apartado._gone(p_stock_id bigint, p_now timestamptz, p_priority integer default -1001, p_rank numeric default 0)
  returns integer
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_gone integer := 0;
begin
  -- checked first: most queues have neither kind, and the counts below are planned anew at each call
  if exists (
    select
      from apartado.queue_entries q
     where q.stock_id = p_stock_id and q.needed_until is not null and q.status in ('waiting', 'offered', 'suspended')
  ) then
    v_gone := (
      select count(*)
        from apartado.queue_entries q
       where q.stock_id = p_stock_id
         and q.status in ('waiting', 'suspended')
         and q.needed_until <= p_now
         and (q.priority, -q.rank) > (p_priority, -p_rank));
  end if;

  if exists (
    select
      from apartado.queue_entries q
     where q.stock_id = p_stock_id and q.wish_id is not null and q.status in ('waiting', 'offered', 'suspended')
  ) then
    v_gone := v_gone + (
      select count(*)
        from apartado.queue_entries q
       where q.stock_id = p_stock_id
         and q.wish_id is not null
         and q.status in ('waiting', 'offered', 'suspended')
         and (q.needed_until is null or q.needed_until > p_now)
         -- CASE hides the status from the planner: an index on it would read the whole queue
         and case when q.status <> 'offered' then (select w.closed_at from apartado.wishes w where w.wish_id = q.wish_id) end is not null
         and (q.priority, -q.rank) > (p_priority, -p_rank));
  end if;

  return v_gone;
end;
$$;

comment on function apartado._gone(bigint, timestamptz, integer, numeric) is 'How many entries of a queue are there no more, although nobody has written that yet.';
