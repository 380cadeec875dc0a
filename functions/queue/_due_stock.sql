-- _due_stock: the stock rows on which something is past its time.
--
-- Gives   stock ids: of the p_limit deadlines that passed first of each kind (reservations, offers, entries not needed
--         any more, waves), of drops whose opening or closing nobody noticed yet though people wait, of queues of which not
--         everybody could be served at once, and of entries whose wish was fulfilled elsewhere
create or replace function apartado._due_stock(p_now timestamptz, p_limit integer)
  returns table (stock_id bigint)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  select d.stock_id
    from ((select r.stock_id
             from apartado.reservations r
            where r.status = 'active' and r.expires_at <= p_now
            order by r.expires_at
            limit p_limit)
          union
          (select q.stock_id
             from apartado.queue_entries q
            where q.status = 'offered' and q.offered_until <= p_now
            order by q.offered_until
            limit p_limit)
          union
          -- all three statuses, to match the partial index; an entry with an offer is due with its offer, above
          (select q.stock_id
             from apartado.queue_entries q
            where q.status in ('waiting', 'offered', 'suspended') and q.status <> 'offered' and q.needed_until <= p_now
            order by q.needed_until
            limit p_limit)
          union
          (select w.stock_id
             from apartado.waves w
            where w.released_at is null and w.due_at <= p_now
            order by w.due_at
            limit p_limit)
          union
          (select s.stock_id
             from apartado.stock s
            where s.drop_id is not null and s.next_due_at <= p_now and s.queue_length > 0
            limit p_limit)
          union
          (select s.stock_id
             from apartado.stock s
            where s.unserved
            limit p_limit)
          union
          (select q.stock_id
             from apartado.queue_entries q
             join apartado.wishes w on w.wish_id = q.wish_id
            where q.wish_id is not null and q.status in ('waiting', 'offered', 'suspended') and q.status <> 'offered'
              and w.closed_at is not null
            limit p_limit)) d;
end;
$$;

comment on function apartado._due_stock(timestamptz, integer) is 'The stock rows on which something is past its time.';
