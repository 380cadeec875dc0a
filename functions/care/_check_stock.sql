-- _check_stock: the counters of each stock row against its rows, counted in full.
--
-- Gives   a row for each breach, as check_consistency
create or replace function apartado._check_stock()
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
  with counted as (
    select s.stock_id, s.reserved, s.sold, s.queue_length, s.next_due_at, s.next_ticket, s.offering,
           s.offering or q.offered > 0 as offering_in_rows,
           coalesce(r.units, 0) + coalesce(q.offered, 0) as reserved_in_rows, least(r.due_at, q.offer_ends_at, w.due_at) as due_at,
           coalesce(p.units, 0) as sold_in_rows,
           coalesce(q.entries, 0) as queue_length_in_rows, q.lapse_at, coalesce(q.newest_ticket, 0) as newest_ticket,
           t.reserved as reserved_in_tally, t.sold as sold_in_tally, t.queue_length as queue_length_in_tally
      from apartado.stock s
      left join apartado.stock_tallies t on t.stock_id = s.stock_id
      left join (select x.stock_id, sum(x.quantity) as units, min(x.expires_at) as due_at
                   from apartado.reservations x where x.status = 'active' group by x.stock_id) r on r.stock_id = s.stock_id
      left join (select x.stock_id, sum(x.quantity - x.undone) as units
                   from apartado.purchases x group by x.stock_id) p on p.stock_id = s.stock_id
      left join (select x.stock_id, count(*) filter (where x.status in ('waiting', 'suspended')) as entries, max(greatest(x.ticket, x.rank)) as newest_ticket,
                        sum(x.offered_quantity) as offered, min(x.offered_until) as offer_ends_at,
                        min(x.needed_until) filter (where x.status in ('waiting', 'suspended')) as lapse_at
                   from apartado.queue_entries x group by x.stock_id) q on q.stock_id = s.stock_id
      left join (select x.stock_id, min(x.due_at) as due_at
                   from apartado.waves x where x.released_at is null group by x.stock_id) w on w.stock_id = s.stock_id
  )
  select b.rule, 'stock ' || c.stock_id, b.found, b.expected, b.repair
    from counted c
   cross join lateral (values
     ('reserved is the sum of active reservations and open offers', c.reserved::text, c.reserved_in_rows::text,
      format('update apartado.stock set reserved = %1$s, available = total - sold - %1$s, version = version + 1 where stock_id = %2$s', c.reserved_in_rows, c.stock_id)),
     ('sold is the sum of purchases', c.sold::text, c.sold_in_rows::text,
      format('update apartado.stock set sold = %1$s, available = total - reserved - %1$s, version = version + 1 where stock_id = %2$s', c.sold_in_rows, c.stock_id)),
     ('queue_length is the number of waiting entries', c.queue_length::text, c.queue_length_in_rows::text,
      format('update apartado.stock set queue_length = %s, version = version + 1 where stock_id = %s', c.queue_length_in_rows, c.stock_id)),
     ('the tally agrees with the rows',
      concat_ws(' ', c.reserved_in_tally, c.sold_in_tally, c.queue_length_in_tally),
      concat_ws(' ', c.reserved_in_rows, c.sold_in_rows, c.queue_length_in_rows),
      format('insert into apartado.stock_tallies (reserved, sold, queue_length, stock_id) values (%s, %s, %s, %s) on conflict (stock_id) '
             'do update set reserved = excluded.reserved, sold = excluded.sold, queue_length = excluded.queue_length',
             c.reserved_in_rows, c.sold_in_rows, c.queue_length_in_rows, c.stock_id)),
     ('no deadline lies before next_due_at', c.next_due_at::text, least(c.next_due_at, c.due_at, c.lapse_at)::text,
      format('update apartado.stock set next_due_at = %L, version = version + 1 where stock_id = %s', least(c.due_at, c.lapse_at), c.stock_id)),
     ('next_ticket is newer than every ticket', c.next_ticket::text, greatest(c.next_ticket, c.newest_ticket + 1)::text,
      format('update apartado.stock set next_ticket = %s, version = version + 1 where stock_id = %s', c.newest_ticket + 1, c.stock_id)),
     ('where there are open offers, reserve looks for them', c.offering::text, coalesce(c.offering_in_rows, c.offering)::text,
      format('update apartado.stock set offering = true, version = version + 1 where stock_id = %s', c.stock_id))
   ) b (rule, found, expected, repair)
   where b.found is distinct from b.expected;
$$;

comment on function apartado._check_stock() is 'The counters of each stock row against its rows, counted in full.';
