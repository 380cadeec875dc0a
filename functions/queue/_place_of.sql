-- _place_of: the position of somebody who waits, whether or not what is past its time was closed.
--
-- Gives   1..n
-- Notes   the rank is the one that settling would leave (_entry_as_settled); who missed an offer and comes back is counted in
create or replace function apartado._place_of(p_stock apartado.stock, p_priority integer, p_rank numeric, p_now timestamptz)
  returns bigint
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return apartado._position(p_stock.stock_id, p_priority, p_rank, p_now) + (
    select count(*)
      from apartado.queue_entries q
     cross join lateral apartado._entry_as_settled(p_stock, q, p_now) e
     where q.stock_id = p_stock.stock_id
       and q.status = 'offered'
       and q.offered_until <= p_now
       and e.status is not null
       and (q.priority, -e.rank) >= (p_priority, -p_rank));
end;
$$;

comment on function apartado._place_of(apartado.stock, integer, numeric, timestamptz) is 'The position of somebody who waits, whether or not what is past its time was closed.';
