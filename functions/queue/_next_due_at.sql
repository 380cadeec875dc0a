-- _next_due_at: the first deadline of a stock row after a time.
--
-- Gives   the end of a reservation or an offer, an entry's "not needed after", a wave, the drop's opening or closing; infinity: none
create or replace function apartado._next_due_at(p_stock apartado.stock, p_now timestamptz)
  returns timestamptz
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- order by … limit 1, not min(): planned with statistics of a single row, min() reads them all
  return least(
    (select r.expires_at
       from apartado.reservations r
      where r.stock_id = p_stock.stock_id and r.status = 'active' and r.expires_at > p_now
      order by r.expires_at
      limit 1),
    (select q.offered_until
       from apartado.queue_entries q
      where q.stock_id = p_stock.stock_id and q.status = 'offered' and q.offered_until > p_now
      order by q.offered_until
      limit 1),
    (select q.needed_until
       from apartado.queue_entries q
      where q.stock_id = p_stock.stock_id and q.status in ('waiting', 'offered', 'suspended') and q.needed_until > p_now
      order by q.needed_until
      limit 1),
    (select w.due_at
       from apartado.waves w
      where w.stock_id = p_stock.stock_id and w.released_at is null and w.due_at > p_now
      order by w.due_at
      limit 1),
    case when p_stock.opens_at > p_now then p_stock.opens_at end,
    case when p_stock.closes_at > p_now then p_stock.closes_at end,
    'infinity');
end;
$$;

comment on function apartado._next_due_at(apartado.stock, timestamptz) is 'The first deadline of a stock row after a time.';
