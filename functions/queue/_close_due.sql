-- _close_due: closes what is past its time on stock rows, and counts its units in.
--
-- Gives   each of the stock rows as it then is, and how many of its reservations expired
-- Tells   reservation.expired, queue.missed, queue.closed, stock.changed and drop.wave
-- Notes   past their time are reservations, offers, entries that are not needed any more or whose wish was fulfilled
--         elsewhere, and waves that came. One statement, so that rows and counters agree at its end: `set constraints all immediate` works.
--         For many stock rows at once, because most of its cost is executor start-up.
--         The caller holds the stock rows, locked and bumped, and serves the queues next.
create or replace function apartado._close_due(p_stock_ids bigint[], p_now timestamptz)
  returns table (
    stock   apartado.stock,
    expired integer
  )
  language plpgsql
  volatile
  rows 10
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  with due as (
    update apartado.reservations r
       set status = 'expired', closed_at = p_now
     where r.stock_id = any (p_stock_ids)
       and r.status = 'active'
       and r.expires_at <= p_now
    returning r.stock_id, r.quantity
  ), missed as (
    update apartado.queue_entries q
       set status = case when o.missed = 'drop' or q.needed_until <= p_now then 'missed'
                         when o.missed = 'back' then 'waiting'
                         else 'suspended' end,
           closed_at = case when o.missed = 'drop' or q.needed_until <= p_now then p_now end,
           rank = case o.missed when 'back' then o.next_ticket + o.ordinal - 1 else q.rank end,
           -- the offer has ended the wish; an entry that returns to the queue waits for this item alone
           wish_id = case when o.missed = 'drop' or q.needed_until <= p_now then q.wish_id end,
           waiting_since = p_now, offered_until = null, offered_quantity = null, reason = 'missed'
      from (select x.queue_entry_id, x.offered_quantity, s.missed, s.next_ticket,
                   row_number() over (partition by x.stock_id order by x.offered_until, x.rank) as ordinal
              from apartado.queue_entries x
              join apartado.stock s on s.stock_id = x.stock_id
             where x.stock_id = any (p_stock_ids)
               and x.status = 'offered'
               and x.offered_until <= p_now) o
     where q.queue_entry_id = o.queue_entry_id
    returning q.stock_id, o.offered_quantity as quantity, q.closed_at is null as comes_back
  ), lapsed as (
    -- one subquery for each kind, so that each uses its own index: with OR whole queues would be read
    update apartado.queue_entries q
       set status = 'closed', closed_at = p_now, reason = case when q.needed_until <= p_now then 'not_needed' else 'wish' end
     -- CASE hides the status from the planner: an index on it would read whole queues
     where case when q.status in ('waiting', 'suspended') then true end
       and q.queue_entry_id = any (array(
         select x.queue_entry_id
           from apartado.queue_entries x
          where x.stock_id = any (p_stock_ids)
            and x.status in ('waiting', 'offered', 'suspended')
            and x.needed_until <= p_now
          union all
         select x.queue_entry_id
           from apartado.queue_entries x
           join apartado.wishes w on w.wish_id = x.wish_id
          where x.stock_id = any (p_stock_ids)
            and x.status in ('waiting', 'offered', 'suspended')
            and x.wish_id is not null
            and w.closed_at is not null))
    returning q.stock_id
  ), released as (
    update apartado.waves w
       set released_at = p_now
     where w.stock_id = any (p_stock_ids)
       and w.released_at is null
       and w.due_at <= p_now
    returning w.stock_id, w.quantity
  ), sums as (
    select u.stock_id, sum(u.expired)::integer as expired, sum(u.freed)::integer as freed, sum(u.released)::integer as released,
           sum(u.waiting)::integer as waiting, sum(u.missed)::integer as missed
      from (select i.stock_id, 0 as expired, 0 as freed, 0 as released, 0 as waiting, 0 as missed from unnest(p_stock_ids) i (stock_id)
             union all
            select d.stock_id, 1, d.quantity, 0, 0, 0 from due d
             union all
            select m.stock_id, 0, m.quantity, 0, m.comes_back::integer, 1 from missed m
             union all
            select l.stock_id, 0, 0, 0, -1, 0 from lapsed l
             union all
            select r.stock_id, 0, 0, r.quantity, 0, 0 from released r) u
     group by u.stock_id
  )
  update apartado.stock s
     set total = s.total + x.released,
         available = s.available + x.freed + x.released,
         reserved = s.reserved - x.freed,
         queue_length = s.queue_length + x.waiting,
         next_ticket = s.next_ticket + case s.missed when 'back' then x.missed else 0 end,
         next_due_at = apartado._next_due_at(s, p_now),
         offering = s.offering and exists (select from apartado.queue_entries q
                                            where q.stock_id = s.stock_id and q.status = 'offered' and q.offered_until > p_now),
         version = s.version + 1
    from sums x
   where s.stock_id = x.stock_id and s.stock_id = any (p_stock_ids)
  returning s, x.expired;
end;
$$;

comment on function apartado._close_due(bigint[], timestamptz) is 'Closes what is past its time on stock rows, and counts its units in.';
