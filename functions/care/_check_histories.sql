-- _check_histories: what is closed has left behind what it became.
--
-- Gives   a row for each breach, as check_consistency
create or replace function apartado._check_histories()
  returns table (
    rule     text,
    subject  text,
    found    text,
    expected text,
    repair   text
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select 'a sold reservation has a purchase', 'reservation ' || r.reservation_id, 'none', 'one or more',
         'find out who wrote to reservations by hand: select * from apartado.events where data ->> ''reservation_id'' = ' || quote_literal(r.reservation_id)
    from apartado.reservations r
   where r.status = 'sold'
     and not exists (select from apartado.purchases p where p.reservation_id = r.reservation_id)
  union all
  select 'a promoted entry has a reservation', 'queue entry ' || q.queue_entry_id, 'none', 'one',
         'find out who wrote to queue_entries by hand: select * from apartado.events where data ->> ''queue_entry_id'' = ' || quote_literal(q.queue_entry_id)
    from apartado.queue_entries q
   where q.status = 'promoted'
     and not exists (select from apartado.reservations r where r.queue_entry_id = q.queue_entry_id)
  union all
  select 'nobody holds and waits for the same', 'queue entry ' || q.queue_entry_id, 'waits and holds reservation ' || r.reservation_id, 'one of them',
         'let the member leave: select * from apartado.leave_queue(…)'
    from apartado.queue_entries q
    join apartado.reservations r on r.stock_id = q.stock_id and r.member_id = q.member_id and r.status = 'active'
   where q.status = 'waiting'
     and r.expires_at > apartado.clock();
$$;

comment on function apartado._check_histories() is 'What is closed has left behind what it became.';
