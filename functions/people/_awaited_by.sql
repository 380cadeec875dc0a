-- _awaited_by: the open places of a member in queues, as JSON, the first joined first.
--
-- Gives   what get_member shows; [] for none. position null: it is offered to them, until offered_until,
--         as many as quantity says then
-- Notes   each as it will be once its queue is settled
create or replace function apartado._awaited_by(p_member_id bigint, p_now timestamptz)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return
    (select coalesce(jsonb_agg(jsonb_build_object(
              'queue_entry_id', q.queue_entry_id, 'item_id', i.item_id, 'title', i.title, 'location', l.code,
              'quantity', case e.status when 'offered' then q.offered_quantity else q.quantity end, 'status', e.status,
              'position', case when e.status <> 'offered' then apartado._place_of(s, q.priority, e.rank, p_now) end,
              'offered_until', case when e.status = 'offered' then apartado._utc(q.offered_until) end) order by q.queue_entry_id), '[]')
       -- one status at a time: with a list of them, a plan made while few waited read the places of all members
       from unnest('{waiting,offered,suspended}'::text[]) w (status)
      cross join lateral (select x.* from apartado.queue_entries x where x.member_id = p_member_id and x.status = w.status offset 0) q
      -- an index look-up for each place, see _cart_lines
      cross join lateral (select x.* from apartado.stock x where x.stock_id = q.stock_id offset 0) s
      cross join lateral (select x.item_id, x.title from apartado.items x where x.item_id = s.item_id offset 0) i
       join apartado.locations l on l.location_id = s.location_id
      cross join lateral apartado._entry_as_settled(s, q, p_now) e
      where e.status is not null);
end;
$$;

comment on function apartado._awaited_by(bigint, timestamptz) is 'The open places of a member in queues, as JSON, the first joined first.';
