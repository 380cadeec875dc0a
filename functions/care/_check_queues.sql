-- _check_queues: no free unit beside somebody who waits for it.
--
-- Gives   a row for each breach, as check_consistency
-- Notes   a row with something due is no breach: its head may have lapsed, and whoever comes next settles it
create or replace function apartado._check_queues()
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
  select 'free units go to the head of the queue', 'stock ' || s.stock_id,
         format('%s free, the head wants %s', s.available, h.quantity), 'fewer free than the head wants',
         format('with locked as (select s from apartado.stock s where s.stock_id = %s for no key update) '
                'select f.promoted from locked l cross join lateral apartado._settle(l.s, apartado.clock()) f', s.stock_id)
    from apartado.stock s
   cross join lateral (select q.quantity
                         from apartado.queue_entries q
                        where q.stock_id = s.stock_id
                          and q.status = 'waiting'
                        order by q.ticket
                        limit 1) h
   where s.queue_length > 0
     and s.available >= h.quantity
     and s.next_due_at > apartado.clock();
$$;

comment on function apartado._check_queues() is 'No free unit beside somebody who waits for it.';
