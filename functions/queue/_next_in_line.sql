-- _next_in_line: who would be served, in which order and with how much, if so many units of a stock row were free.
--
-- Gives   entries in the order in which they are served, with the units that each gets and how long a reservation lasts;
--         a newcomer who asks for p_newcomer units is looked at as if they stood last: their row has no entry
-- Notes   the one place where it is decided who is next: _settle asks it to act, _settled to tell the truth meanwhile,
--         check_consistency to prove it. Who missed an offer that nobody has closed yet stands where they come back.
--         Suspended and barred entries are skipped and keep their place.
--         strict: an entry that wants more than is left is waited for. partial: it gets what is left, and is the last.
--         fit: see _fitting. Nobody is served while the item is hidden or not for sale, while the queue is paused, outside the window of the drop;
--         nor who waits where it is open and its lots are still to be drawn.
--         No bitmap scan: it has no order, so the whole queue would be read and sorted to find its head
create or replace function apartado._next_in_line(
  p_stock    apartado.stock,
  p_units    integer,
  p_now      timestamptz,
  p_limit    integer default 2000,
  p_newcomer integer default null
)
  returns table (
    queue_entry_id bigint,
    member_id      bigint,
    units          integer,
    hold           interval,
    ordinal        bigint
  )
  language plpgsql
  stable
  rows 10
  set search_path = pg_catalog, pg_temp
  set enable_bitmapscan = off
as $$
#variable_conflict use_column
begin
  if p_units <= 0 or not p_stock.open or p_stock.queue_paused_at is not null or p_now < p_stock.opens_at or p_now >= p_stock.closes_at
     or p_now >= p_stock.draws_at and p_stock.queue_length > 0 then
    return;
  elsif p_stock.fit = 'fit' then
    return query
    select f.queue_entry_id, f.member_id, f.units,
           coalesce((select h.hold from apartado.class_holds h where h.member_id = f.member_id), p_stock.hold), f.ordinal
      from apartado._fitting(p_stock, p_units, p_now, p_limit, p_newcomer) f;
    return;
  end if;

  return query
  with ahead as (
    select q.queue_entry_id, q.member_id, q.quantity, q.priority, q.rank
      from apartado.servable_entries q
     where q.stock_id = p_stock.stock_id
       and (q.needed_until is null or q.needed_until > p_now)
     order by q.priority desc, q.rank
     limit least(p_units, p_limit)
  ), line as (
    select a.* from ahead a
     union all
    select b.queue_entry_id, b.member_id, b.quantity, b.priority, b.rank
      from apartado._coming_back(p_stock, p_now) b
     where p_stock.missed = 'back' and p_stock.next_due_at <= p_now
     union all
    -- the newcomer stands last; when `ahead` is full, more may wait behind it, and the newcomer is not next
    select null, null, p_newcomer, null, null
     where p_newcomer is not null
       and (select count(*) from ahead) < p_limit
  ), counted as (
    select n.*, row_number() over w as ordinal, p_units - sum(n.quantity) over w + n.quantity as left_for_it
      from line n
    window w as (order by n.priority desc nulls last, n.rank nulls last)
  )
  select c.queue_entry_id, c.member_id, least(c.quantity, c.left_for_it)::integer,
         coalesce((select h.hold from apartado.class_holds h where h.member_id = c.member_id), p_stock.hold), c.ordinal
    from counted c
   where c.left_for_it > 0
     and (c.quantity <= c.left_for_it or p_stock.fit = 'partial' and c.queue_entry_id is not null)
   order by c.ordinal;
end;
$$;

comment on function apartado._next_in_line(apartado.stock, integer, timestamptz, integer, integer) is 'Who would be served, in which order and with how much, if so many units of a stock row were free.';
