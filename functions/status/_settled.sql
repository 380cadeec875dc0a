-- _settled: what a stock row would be if it were settled now, for those who only look.
--
-- Gives   available, reserved and queue_length with everything due taken as done; served: the entries that could reserve
--         at once; open_to_all: whether somebody who does not wait could have one unit now; free_before: what is free
--         before anybody is served
-- Notes   between a deadline and the next command or job the rows are out of date, so every query asks here. Whoever is next
--         stays in_queue until a command promotes them; _next_in_line says who that is, here as in _settle.
create or replace function apartado._settled(p_stock apartado.stock, p_now timestamptz)
  returns table (
    available    integer,
    reserved     integer,
    queue_length integer,
    served       bigint[],
    open_to_all  boolean,
    free_before  integer
  )
  language plpgsql
  stable
  rows 1
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_stock    apartado.stock := p_stock;
  v_due      integer;
  v_missed   record;
  v_released integer;
  v_gone     integer;
  v_free     integer;
  v_next     record;
  v_taken    integer;
begin
  -- ORDER BY keeps a cached plan on the index of deadlines; with another index it reads everybody who holds some of the row
  select coalesce(sum(r.quantity), 0)
    into v_due
    from (select x.quantity
            from apartado.reservations x
           where x.stock_id = p_stock.stock_id and x.status = 'active' and x.expires_at <= p_now
           order by x.expires_at) r;

  select coalesce(sum(q.offered_quantity), 0) as units,
         count(*) filter (where p_stock.missed <> 'drop' and (q.needed_until is null or q.needed_until > p_now)) as coming_back
    into v_missed
    from apartado.queue_entries q
   where q.stock_id = p_stock.stock_id and q.status = 'offered' and q.offered_until <= p_now;

  select coalesce(sum(w.quantity), 0)
    into v_released
    from apartado.waves w
   where w.stock_id = p_stock.stock_id and w.released_at is null and w.due_at <= p_now;

  v_stock.available := p_stock.available + v_released;
  v_gone := apartado._gone(p_stock.stock_id, p_now);
  v_free := p_stock.available + v_due + v_missed.units + v_released;

  -- p_newcomer: somebody who wants one unit and stands behind everybody is served only if nobody has to wait before them
  select coalesce(sum(n.units) filter (where n.queue_entry_id is not null), 0) as units,
         coalesce(array_agg(n.queue_entry_id) filter (where n.queue_entry_id is not null), '{}') as entries,
         coalesce(bool_or(n.queue_entry_id is null), false) as newcomer
    into v_next
    from apartado._next_in_line(v_stock, v_free + apartado._yielding(p_stock.stock_id, null, p_now), p_now, p_newcomer => 1) n;

  select coalesce(sum(y.quantity), 0)
    into v_taken
    from apartado._yielded(p_stock.stock_id, null, (v_next.units - v_free)::integer, p_now) y;

  available := v_free + v_taken - v_next.units;
  reserved := p_stock.reserved - v_due - v_missed.units - v_taken + v_next.units;
  queue_length := p_stock.queue_length - v_gone + v_missed.coming_back;
  served := v_next.entries;
  -- _next_in_line serves nobody while a queue is paused or its drop is not open; an empty queue bars nobody all the same
  open_to_all := v_next.newcomer or available > 0 and queue_length = 0;
  free_before := available + v_next.units;
  return next;
end;
$$;

comment on function apartado._settled(apartado.stock, timestamptz) is 'What a stock row would be if it were settled now, for those who only look.';
