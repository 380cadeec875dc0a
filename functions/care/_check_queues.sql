-- _check_queues: no free or yielding unit beside somebody whom it would serve, and the blocks count who waits.
--
-- Gives   a row for each breach, as check_consistency
-- Notes   a row with something due is no breach: its head may have lapsed, or had its wish fulfilled elsewhere, and whoever
--         comes next settles it
create or replace function apartado._check_queues()
  returns table (
    rule     text,
    subject  text,
    found    text,
    expected text,
    repair   text
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select 'free units go to the head of the queue', 'stock ' || s.stock_id,
         format('%s free, entry %s would be served', s.available, h.queue_entry_id), 'nobody who waits would be served',
         format('with locked as (select s from apartado.stock s where s.stock_id = %s for no key update) '
                'select f.promoted from locked l cross join lateral apartado._settle(l.s, apartado.clock()) f', s.stock_id)
    from apartado.stock s
   cross join lateral (select n.queue_entry_id
                         from apartado._next_in_line(s, s.available, apartado.clock(), 1) n
                        limit 1) h
   where s.queue_length > 0
     and s.available > 0
     and not s.unserved
     and s.next_due_at > apartado.clock()
     and apartado._gone(s.stock_id, apartado.clock()) = 0
   union all
  select 'units that yield go to who waits', 'stock ' || s.stock_id,
         format('%s units would be taken', y.units), 'nobody who waits would be served with them',
         format('with locked as (select s from apartado.stock s where s.stock_id = %s for no key update) '
                'select f.promoted from locked l cross join lateral apartado._settle(l.s, apartado.clock()) f', s.stock_id)
    from apartado.stock s
   cross join lateral (select apartado._wanted_of_yielding(s, apartado.clock()) as units offset 0) y
   where s.queue_length > 0
     and s.reserved > 0
     and not s.unserved
     and s.next_due_at > apartado.clock()
     and apartado._gone(s.stock_id, apartado.clock()) = 0
     and y.units > 0
   union all
  select 'blocks count who waits', format('stock %s priority %s block %s', coalesce(b.stock_id, q.stock_id), coalesce(b.priority, q.priority), coalesce(b.block, q.block)),
         coalesce(b.entries, 0)::text, coalesce(q.entries, 0)::text,
         format('insert into apartado.queue_blocks (entries, stock_id, priority, block) values (%s, %s, %s, %s) on conflict (stock_id, priority, block) '
                'do update set entries = excluded.entries',
                coalesce(q.entries, 0), coalesce(b.stock_id, q.stock_id), coalesce(b.priority, q.priority), coalesce(b.block, q.block))
    from apartado.queue_blocks b
    full join (select x.stock_id, x.priority, apartado._block(x.rank) as block, count(*)::integer as entries
                 from apartado.queue_entries x
                where x.status in ('waiting', 'suspended')
                group by 1, 2, 3) q on (q.stock_id, q.priority, q.block) = (b.stock_id, b.priority, b.block)
   where coalesce(b.entries, 0) <> coalesce(q.entries, 0);
$$;

comment on function apartado._check_queues() is 'No free or yielding unit beside somebody whom it would serve, and the blocks count who waits.';
