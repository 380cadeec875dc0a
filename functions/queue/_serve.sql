-- _serve: gives the free units of stock rows to those who are next in line, as reservations or as offers.
--
-- Gives   each stock row of which somebody was served, as it then is, and how many
-- Tells   queue.promoted and reservation.created, or queue.offered
-- Notes   at most 2,000 of a row at once: it is then marked unserved, and the next command or the job goes on.
--         One statement, so that rows and counters agree at its end: `set constraints all immediate` works.
--         For many stock rows at once, because most of its cost is executor start-up; rows that share a wish come one by one.
--         p_ttl shortens the reservation that p_entry_id becomes, and nobody else's.
--         The caller holds the stock rows, locked and bumped, and their wishes.
create or replace function apartado._serve(
  p_stock_ids bigint[],
  p_now       timestamptz,
  p_entry_id  bigint default null,
  p_ttl       interval default null
)
  returns table (
    stock    apartado.stock,
    promoted integer
  )
  language plpgsql
  volatile
  rows 10
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  c_most constant integer := 2000;
begin
  return query
  with next as materialized (
    select s.stock_id, s.price, s.currency, s.offer_window, n.queue_entry_id, n.units, n.ordinal,
           p_now + coalesce(s.offer_window, least(n.hold, case when n.queue_entry_id = p_entry_id then p_ttl end)) as until
      from apartado.stock s
     cross join lateral apartado._next_in_line(s, s.available, p_now, c_most) n
     where s.stock_id = any (p_stock_ids)
  ), served as (
    update apartado.queue_entries q
       set status = case when n.offer_window is null then 'promoted' else 'offered' end,
           closed_at = case when n.offer_window is null then p_now end,
           offered_until = case when n.offer_window is not null then n.until end,
           offered_quantity = case when n.offer_window is not null then n.units end,
           served_at = p_now, served_rank = q.rank,
           served_before = case when q.served_at is null then null else q.served_before || q.served_at end,
           ranks_before = case when q.served_at is null then null else q.ranks_before || q.served_rank end,
           reason = null
      from next n
     where q.queue_entry_id = n.queue_entry_id
    returning n.stock_id, q.queue_entry_id, q.member_id, q.wish_id, n.units, n.until, n.ordinal, n.price, n.currency, n.offer_window
  ), fulfilled as (
    update apartado.wishes w
       set closed_at = p_now
      from served v
     where w.wish_id = v.wish_id
    returning w.wish_id
  ), made as (
    insert into apartado.reservations (stock_id, member_id, queue_entry_id, quantity, price, currency, reserved_at, expires_at)
    select v.stock_id, v.member_id, v.queue_entry_id, v.units, v.price, v.currency, p_now, v.until
      from served v
     where v.offer_window is null
     order by v.stock_id, v.ordinal
    returning quantity
  ), sums as (
    -- aggregates over all CTEs complete them before stock is updated (see _change_reservation)
    select i.stock_id, coalesce(sum(v.units), 0)::integer as units, count(v.stock_id)::integer as entries, min(v.until) as due_at,
           (select count(*) from made) as made, (select count(*) from fulfilled) as fulfilled
      from unnest(p_stock_ids) i (stock_id)
      left join served v on v.stock_id = i.stock_id
     group by i.stock_id
  )
  update apartado.stock s
     set available = s.available - x.units,
         reserved = s.reserved + x.units,
         queue_length = s.queue_length - x.entries,
         next_due_at = least(s.next_due_at, x.due_at),
         offering = s.offering or s.offer_window is not null and x.entries > 0,
         unserved = x.entries = c_most and s.available > x.units,
         version = s.version + 1
    from sums x
   where s.stock_id = x.stock_id
     and (x.entries > 0 or s.unserved)
  returning s, x.entries;
end;
$$;

comment on function apartado._serve(bigint[], timestamptz, bigint, interval) is 'Gives the free units of stock rows to those who are next in line, as reservations or as offers.';
