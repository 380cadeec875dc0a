-- _waited_at: the open places in the queue of a stock row at a past moment, as the ledger told it by then.
--
-- Gives   a row for each: its state, how many they wanted, or were offered, and where it stood (priority, then rank)
-- Notes   each place is what the last of its events up to then says, but for its rank where ranks were spread since
--         (queue.ordered). Events from before the ledger told ranks leave the place where its ticket puts it
create or replace function apartado._waited_at(p_stock_id bigint, p_at timestamptz)
  returns table (
    queue_entry_id bigint,
    quantity       integer,
    status         text,
    priority       integer,
    rank           numeric
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  with told as materialized (
    select e.event_id, e.kind, e.data, e.details
      from apartado.events e
     where e.stock_id = p_stock_id
       and e.at <= p_at
       and e.kind like 'queue.%'
  ), latest as (
    select distinct on (t.data ->> 'queue_entry_id')
           t.event_id, (t.data ->> 'queue_entry_id')::bigint as queue_entry_id,
           coalesce(t.data ->> 'offered', t.data ->> 'quantity')::integer as quantity,
           t.details ->> 'priority' as priority, t.details ->> 'rank' as rank,
           coalesce(t.details ->> 'status', case t.kind when 'queue.joined' then 'waiting' when 'queue.resumed' then 'waiting'
                                                        when 'queue.moved' then 'waiting' else substr(t.kind, 7) end) as status
      from told t
     where t.data ? 'queue_entry_id'
     order by t.data ->> 'queue_entry_id', t.event_id desc
  ), spread as (
    select distinct on (r.key) r.key::bigint as queue_entry_id, t.event_id, r.value::numeric as rank
      from told t
     cross join lateral jsonb_each_text(t.details -> 'ranks') r
     where t.kind = 'queue.ordered'
     order by r.key, t.event_id desc
  )
  select n.queue_entry_id, n.quantity, n.status, coalesce(n.priority::integer, q.priority), coalesce(o.rank, n.rank::numeric, q.ticket)
    from latest n
    join apartado.queue_entries q on q.queue_entry_id = n.queue_entry_id
    left join spread o on o.queue_entry_id = n.queue_entry_id and o.event_id > n.event_id
   where n.status in ('waiting', 'suspended', 'offered');
end;
$$;

comment on function apartado._waited_at(bigint, timestamptz) is 'The open places in the queue of a stock row at a past moment, as the ledger told it by then.';
