-- _why_overtaken: who came after an entry and stands before it, and why.
--
-- Gives   a row for those whose priority is higher, and one for those whom an operator put there: how many, at most a thousand of
--         each, never who, nor what was said of them; since when the newest of them does
-- Notes   if the entry was moved itself, only those count who joined since: the fact 'moved' tells the rest. What lots decide is
--         not told here. Entries that an operator moved are few, and have an index; of higher priorities the nearest thousand
--         are read in the order of the queue's index, because a plan with a sort reads the whole queue
create or replace function apartado._why_overtaken(p_stock apartado.stock, p_entry apartado.queue_entries)
  returns table (
    code  text,
    fact  jsonb,
    since timestamptz
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
  set jit = off
  set enable_sort = off
as $$
#variable_conflict use_column
declare
  c_most constant integer := 1000;
begin
  return query
  select 'overtaken', jsonb_build_object('by', o.by, 'entries', count(*)), max(o.since)
    from (
      (select 'priority' as by, q.ticket, q.joined_at, q.joined_at as since
         from apartado.queue_entries q
        where q.stock_id = p_stock.stock_id
          and q.status in ('waiting', 'suspended')
          and q.priority > p_entry.priority
          and q.moves = 0
        order by q.priority, q.rank desc
        limit c_most)
      union all
      (select 'operator', q.ticket, q.joined_at, q.waiting_since
         from apartado.queue_entries q
        where q.stock_id = p_stock.stock_id
          and q.status in ('waiting', 'suspended')
          and q.moves > 0
          and (q.priority, -q.rank) > (p_entry.priority, -p_entry.rank)
        limit c_most)) o
   where case when p_entry.moves > 0 then o.joined_at > p_entry.waiting_since else o.ticket > p_entry.ticket end
   group by o.by
   order by o.by desc;
end;
$$;

comment on function apartado._why_overtaken(apartado.stock, apartado.queue_entries) is 'Who came after an entry and stands before it, and why.';
