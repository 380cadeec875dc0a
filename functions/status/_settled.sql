-- _settled: what a stock row would be if it were settled now, for those who only look.
--
-- Gives   available, reserved and queue_length with everything due taken as done; served_ticket: whoever waits with
--         a ticket up to it could reserve at once; still_waiting: how many would go on waiting behind them
-- Notes   between a deadline and the next command or job, rows say less than the truth. Every query asks here, and
--         the head of the queue stays in_queue until a command promotes it. Same order as _settle: strict.
create or replace function apartado._settled(p_stock apartado.stock, p_now timestamptz)
  returns table (
    available     integer,
    reserved      integer,
    queue_length  integer,
    served_ticket bigint,
    still_waiting integer
  )
  language plpgsql
  stable
  rows 1
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  with due as (
    select coalesce(sum(r.quantity), 0)::integer as units
      from apartado.reservations r
     where r.stock_id = p_stock.stock_id
       and r.status = 'active'
       and r.expires_at <= p_now
  ), lapsed as (
    select count(*)::integer as entries
      from apartado.queue_entries q
     where q.stock_id = p_stock.stock_id
       and q.status = 'waiting'
       and q.needed_until <= p_now
  ), line as (
    select q.ticket, q.quantity, sum(q.quantity) over (order by q.ticket) as up_to_here
      from apartado.queue_entries q
     where q.stock_id = p_stock.stock_id
       and q.status = 'waiting'
       and (q.needed_until is null or q.needed_until > p_now)
     order by q.ticket
     limit p_stock.available + (select d.units from due d)
  ), served as (
    select coalesce(sum(n.quantity), 0)::integer as units, count(*)::integer as entries, coalesce(max(n.ticket), 0) as ticket
      from line n, due d
     where n.up_to_here <= p_stock.available + d.units
  )
  select p_stock.available + d.units - v.units,
         p_stock.reserved - d.units + v.units,
         p_stock.queue_length - l.entries,
         v.ticket,
         p_stock.queue_length - l.entries - v.entries
    from due d, lapsed l, served v;
end;
$$;

comment on function apartado._settled(apartado.stock, timestamptz) is 'What a stock row would be if it were settled now, for those who only look.';
