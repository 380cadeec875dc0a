-- _yielded: which yielding reservations have to be closed to free so many units.
--
-- Gives   the oldest that together hold that many, each as a whole; without those of the member who asks
create or replace function apartado._yielded(p_stock_id bigint, p_member_id bigint, p_units integer, p_now timestamptz)
  returns table (
    reservation_id bigint,
    quantity       integer
  )
  language plpgsql
  stable
  rows 2
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  select n.reservation_id, n.quantity
    from (select r.reservation_id, r.quantity,
                 sum(r.quantity) over (order by r.reserved_at, r.reservation_id) - r.quantity as before_it
            from apartado.reservations r
           where r.stock_id = p_stock_id
             and r.status = 'active'
             and r.yields
             and r.expires_at > p_now
             and r.member_id is distinct from p_member_id) n
   where n.before_it < p_units;
end;
$$;

comment on function apartado._yielded(bigint, bigint, integer, timestamptz) is 'Which yielding reservations have to be closed to free so many units.';
