-- _refuse_no_entry: says that a member has no place in the queue of a stock row, and what became of the last one they had.
--
-- Raises  RS107, with the status of their last entry, and the reason that was given
-- Notes   the caller has checked that they may see the item
create or replace function apartado._refuse_no_entry(p_stock apartado.stock, p_member_id bigint)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._refuse('RS107', 'item', coalesce((
    select jsonb_strip_nulls(jsonb_build_object('queue_entry_id', q.queue_entry_id, 'status', q.status, 'reason', q.reason))
      from apartado.queue_entries q
     where q.stock_id = p_stock.stock_id
       and q.member_id = p_member_id
       and q.closed_at is not null
     order by q.ticket desc
     limit 1), jsonb_build_object('item', p_stock.item_id)));
end;
$$;

comment on function apartado._refuse_no_entry(apartado.stock, bigint) is 'Says that a member has no place in the queue of a stock row, and what became of the last one they had.';
