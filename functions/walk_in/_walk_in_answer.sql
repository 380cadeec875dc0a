-- _walk_in_answer: an entry in front of a location, as its owner is told of it.
--
-- Gives   one value: walk_in_entry_id, cart_id, location, ticket, status, position (null: it does not wait), served_at (null: it was
--         not called), waiting, server_time
-- Notes   who never stood there has no entry, and the status none
create or replace function apartado._walk_in_answer(p_location_id bigint, p_cart_id bigint, p_entry apartado.walk_in_entries, p_now timestamptz)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select jsonb_build_object(
             'walk_in_entry_id', p_entry.walk_in_entry_id, 'cart_id', p_cart_id, 'location', l.code,
             'ticket', p_entry.ticket, 'status', coalesce(p_entry.status, 'none'),
             'position', case p_entry.status when 'waiting' then w.before end,
             'served_at', case p_entry.status when 'served' then p_entry.closed_at end, 'waiting', w.all, 'server_time', p_now)
      from apartado.locations l
     cross join lateral (
       select count(*) filter (where x.ticket <= p_entry.ticket), count(*)
         from apartado.walk_in_entries x
        where x.location_id = l.location_id and x.status = 'waiting') w (before, "all")
     where l.location_id = p_location_id
  );
end;
$$;

comment on function apartado._walk_in_answer(bigint, bigint, apartado.walk_in_entries, timestamptz) is 'An entry in front of a location, as its owner is told of it.';
