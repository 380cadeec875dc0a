-- _held_by: the live reservations of a member, as JSON, the nearest deadline first.
--
-- Gives   what get_member shows; [] for none
-- Notes   past its deadline nothing is held, whether or not a job ran
create or replace function apartado._held_by(p_member_id bigint, p_now timestamptz)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return
    (select coalesce(jsonb_agg(jsonb_build_object(
              'reservation_id', r.reservation_id, 'item_id', i.item_id, 'title', i.title, 'location', l.code, 'quantity', r.quantity,
              'price', r.price::text, 'currency', r.currency, 'expires_at', apartado._utc(r.expires_at)) order by r.expires_at, r.reservation_id), '[]')
       -- offset 0 keeps the deadline out of the scan, which could use the index of deadlines: everybody's reservations
       from (select x.* from apartado.reservations x where x.member_id = p_member_id and x.status = 'active' offset 0) r
      -- an index look-up for each row, see _cart_lines
      cross join lateral (select x.item_id, x.location_id from apartado.stock x where x.stock_id = r.stock_id offset 0) s
      cross join lateral (select x.item_id, x.title from apartado.items x where x.item_id = s.item_id offset 0) i
       join apartado.locations l on l.location_id = s.location_id
      where r.expires_at > p_now);
end;
$$;

comment on function apartado._held_by(bigint, timestamptz) is 'The live reservations of a member, as JSON, the nearest deadline first.';
