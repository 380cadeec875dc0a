-- _stands_still: whether a queue does not move now, so that nobody can say how long one waits in it.
--
-- Gives   true while it is paused, its item is not for sale, its drop is not open, or its lots are still to be drawn
-- Notes   whenever _next_in_line serves nobody of those who wait
create or replace function apartado._stands_still(p_stock apartado.stock, p_now timestamptz)
  returns boolean
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select not p_stock.open or p_stock.queue_paused_at is not null or p_stock.draws_at is not null
         or p_now < p_stock.opens_at or p_now >= p_stock.closes_at;
$$;

comment on function apartado._stands_still(apartado.stock, timestamptz) is 'Whether a queue does not move now, so that nobody can say how long one waits in it.';
