-- _held_stock: the stock rows of which somebody holds units now, or has them offered.
--
-- Gives   ids; none for the anonymous visitor
create or replace function apartado._held_stock(p_viewer_id bigint, p_now timestamptz)
  returns bigint[]
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select array(
    select r.stock_id
      -- offset 0 keeps the deadline out of the scan, which could use the index of deadlines: everybody's reservations
      from (select x.stock_id, x.expires_at from apartado.reservations x where x.member_id = p_viewer_id and x.status = 'active' offset 0) r
     where r.expires_at > p_now
    union
    select q.stock_id
      from apartado.queue_entries q
     where q.member_id = p_viewer_id
       and q.status = 'offered'
       and q.offered_until > p_now);
$$;

comment on function apartado._held_stock(bigint, timestamptz) is 'The stock rows of which somebody holds units now, or has them offered.';
