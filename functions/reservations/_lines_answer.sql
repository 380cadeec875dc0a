-- _lines_answer: what became of each line of reserve_many.
--
-- Gives   an object per line, in order; lines of one item at one location answer with the same reservation or place
-- Notes   of a refused line the counters are told, but not of an item that the member may not see
create or replace function apartado._lines_answer(p_done jsonb, p_member_id bigint, p_now timestamptz)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select jsonb_agg(jsonb_build_object(
             'line', n.line, 'item_id', d.item_id, 'location', d.location,
             'outcome', case when d.code is not null then 'refused' when o.reservation_id is null then 'queued' else 'reserved' end,
             'code', d.code, 'reservation_id', o.reservation_id, 'queue_entry_id', o.queue_entry_id,
             'position', case when o.queue_entry_id is not null then apartado._position(d.stock_id, o.priority, o.rank, p_now) end,
             'quantity', coalesce(o.quantity, d.quantity), 'price', o.price, 'currency', o.currency, 'expires_at', o.expires_at,
             'available', s.available, 'reserved', s.reserved, 'sold', s.sold, 'queue_length', s.queue_length,
             'version', s.version, 'server_time', p_now) order by n.line)
      from jsonb_to_recordset(p_done) as d (lines integer[], item_id bigint, location text, quantity integer, stock_id bigint, code text)
     cross join unnest(d.lines) n (line)
      -- an index look-up for each line, see _cart_lines
      left join lateral (select x.* from apartado.stock x where x.stock_id = d.stock_id and d.code is distinct from 'RS101' offset 0) s on true
      left join lateral apartado._own_claim(d.stock_id, p_member_id) o on d.code is null
  );
end;
$$;

comment on function apartado._lines_answer(jsonb, bigint, timestamptz) is 'What became of each line of reserve_many.';
