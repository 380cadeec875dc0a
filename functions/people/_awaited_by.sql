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
       from apartado.queue_entries q
       join apartado.stock s on s.stock_id = q.stock_id
       join apartado.items i on i.item_id = s.item_id
       join apartado.locations l on l.location_id = s.location_id
      cross join lateral apartado._entry_as_settled(s, q, p_now) e
      where q.member_id = p_member_id and q.status in ('waiting', 'offered', 'suspended') and e.status is not null);
end;
$$;

comment on function apartado._awaited_by(bigint, timestamptz) is 'The open places of a member in queues, as JSON, the first joined first.';
