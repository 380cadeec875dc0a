-- _why_waiting: why an entry is where it is in its queue, and is not served.
--
-- Gives   code, fact and since, as explain_position
-- Notes   the entry has the status and rank that settling would leave it
create or replace function apartado._why_waiting(p_stock apartado.stock, p_entry apartado.queue_entries, p_now timestamptz)
  returns table (
    code  text,
    fact  jsonb,
    since timestamptz
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_barred_at timestamptz := (select m.barred_at from apartado.members m where m.member_id = p_entry.member_id);
  v_settled   record;
  v_head      record;
  v_position  bigint;
  v_next      boolean;
begin
  if p_entry.status = 'offered' then
    return query
    select 'offered', jsonb_build_object('queue_entry_id', p_entry.queue_entry_id, 'quantity', p_entry.offered_quantity, 'expires_at', apartado._utc(p_entry.offered_until)), p_entry.served_at;
    return;
  end if;

  select * into v_settled from apartado._settled(p_stock, p_now);
  v_position := apartado._place_of(p_stock, p_entry.priority, p_entry.rank, p_now);
  v_next := p_entry.queue_entry_id = any (v_settled.served);
  -- the head may be an entry that returns after a missed offer: it can have the higher priority
  select h.queue_entry_id, h.quantity
    into v_head
    from ((select q.queue_entry_id, q.quantity, q.priority, q.rank
             from apartado.servable_entries q
            where q.stock_id = p_stock.stock_id
              and (q.needed_until is null or q.needed_until > p_now)
              and q.queue_entry_id <> all (v_settled.served)
            order by q.priority desc, q.rank
            limit 1)
           union all
          select b.queue_entry_id, b.quantity, b.priority, b.rank
            from apartado._coming_back(p_stock, p_now) b
           where b.queue_entry_id <> all (v_settled.served)) h
   order by h.priority desc, h.rank
   limit 1;

  return query
  select w.code, w.fact, w.since
    from (values
      (true, 'ahead', jsonb_build_object(
        'position', v_position, 'ahead', v_position - 1, 'queue_length', v_settled.queue_length,
        'wanted', p_entry.quantity, 'available', v_settled.free_before), p_entry.joined_at),
      (v_next, 'next', '{}', null),
      -- only where too little is free: otherwise the head waits for another reason, which has a row of its own
      (v_head.queue_entry_id <> p_entry.queue_entry_id and not v_next and v_head.quantity > v_settled.available, 'head_waits_for',
        jsonb_build_object('wanted', v_head.quantity, 'available', v_settled.available), null),
      (p_entry.status = 'suspended', 'suspended', jsonb_build_object('reason', p_entry.reason), p_entry.waiting_since),
      (v_barred_at is not null, 'barred', '{}', v_barred_at),
      (p_stock.queue_paused_at is not null, 'paused', jsonb_build_object('reason', p_stock.queue_pause_reason), p_stock.queue_paused_at),
      (p_stock.draws_at is not null, 'lottery', jsonb_build_object('draws_at', apartado._utc(p_stock.draws_at)), null),
      (p_now < p_stock.opens_at, 'not_open', jsonb_build_object('opens_at', apartado._utc(p_stock.opens_at)), null),
      (p_now >= p_stock.closes_at, 'closed', '{}', p_stock.closes_at),
      (not p_stock.open, 'not_for_sale', '{}', null),
      (not v_next and p_entry.status = 'waiting' and p_stock.fit <> 'partial' and v_settled.available between 1 and p_entry.quantity - 1,
        'too_large', jsonb_build_object('wanted', p_entry.quantity, 'available', v_settled.available, 'fit', p_stock.fit), null),
      (p_entry.moves > 0, 'moved', jsonb_build_object('reason', p_entry.move_reason, 'times', p_entry.moves), p_entry.waiting_since)
    ) w (holds, code, fact, since)
   where w.holds;
end;
$$;

comment on function apartado._why_waiting(apartado.stock, apartado.queue_entries, timestamptz) is 'Why an entry is where it is in its queue, and is not served.';
