-- _own_claim: what a member has of a stock row: a reservation, or a place in its queue.
--
-- Gives   one row; all null where there is neither; status of the entry
-- Notes   to be asked after the row was settled: then what is active is alive and what waits is needed
create or replace function apartado._own_claim(
  p_stock_id         bigint,
  p_member_id        bigint,
  out reservation_id bigint,
  out queue_entry_id bigint,
  out status         text,
  out priority       integer,
  out rank           numeric,
  out quantity       integer,
  out price          numeric,
  out currency       text,
  out expires_at     timestamptz
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  select r.reservation_id, r.quantity, r.price, r.currency, r.expires_at
    into reservation_id, quantity, price, currency, expires_at
    from apartado.reservations r
   where r.stock_id = p_stock_id and r.member_id = p_member_id and r.status = 'active';

  if reservation_id is null then
    select q.queue_entry_id, q.status, q.priority, q.rank, q.quantity
      into queue_entry_id, status, priority, rank, quantity
      from apartado.queue_entries q
     where q.stock_id = p_stock_id and q.member_id = p_member_id and q.status in ('waiting', 'offered', 'suspended');
  end if;
end;
$$;

comment on function apartado._own_claim(bigint, bigint) is 'What a member has of a stock row: a reservation, or a place in its queue.';
