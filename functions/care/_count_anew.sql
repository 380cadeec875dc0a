-- _count_anew: counts a stock row, its tally and the blocks of its queue from the rows.
--
-- Notes   the caller holds the stock row, locked and bumped, and settles it next: it is due at once, so that its next deadline is
--         looked up, and unserved, so that who is next is served. One statement for both books, so that they agree at its end.
--         Where more is held and sold than there is, the total grows
create or replace function apartado._count_anew(p_stock_id bigint)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  with entries as (
    select count(*) filter (where q.status in ('waiting', 'suspended'))::integer as places,
           coalesce(sum(q.offered_quantity), 0)::integer as offered,
           coalesce(max(greatest(q.ticket, ceil(q.rank))), 0)::bigint as newest
      from apartado.queue_entries q
     where q.stock_id = p_stock_id
  ), counted as (
    select e.places, e.newest, e.offered > 0 as offering, e.offered + coalesce((
             select sum(r.quantity) from apartado.reservations r where r.stock_id = p_stock_id and r.status = 'active'), 0)::integer as reserved,
           coalesce((select sum(p.quantity - p.undone) from apartado.purchases p where p.stock_id = p_stock_id), 0)::integer as sold
      from entries e
  ), tally as (
    insert into apartado.stock_tallies as t (stock_id, reserved, sold, queue_length)
    select p_stock_id, c.reserved, c.sold, c.places
      from counted c
        on conflict (stock_id) do update
       set reserved = excluded.reserved, sold = excluded.sold, queue_length = excluded.queue_length, suspect = false
    returning t.stock_id
  )
  update apartado.stock s
     set total = greatest(s.total, c.reserved + c.sold),
         available = greatest(s.total, c.reserved + c.sold) - c.reserved - c.sold,
         reserved = c.reserved, sold = c.sold, queue_length = c.places,
         next_ticket = greatest(s.next_ticket, c.newest + 1),
         next_due_at = '-infinity', unserved = true, offering = c.offering,
         version = s.version + 1
    from counted c, (select count(*) from tally) t
   where s.stock_id = p_stock_id;

  delete from apartado.queue_blocks b where b.stock_id = p_stock_id;
  insert into apartado.queue_blocks (stock_id, priority, block, entries)
  select q.stock_id, q.priority, apartado._block(q.rank), count(*)
    from apartado.queue_entries q
   where q.stock_id = p_stock_id and q.status in ('waiting', 'suspended')
   group by 1, 2, 3;
end;
$$;

comment on function apartado._count_anew(bigint) is 'Counts a stock row, its tally and the blocks of its queue from the rows.';
