-- _due_stock: the stock rows on which something is past its deadline.
--
-- Gives   stock ids, of the p_limit deadlines that passed first
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
            where q.status = 'waiting' and q.needed_until <= p_now
            order by q.needed_until
            limit p_limit)) d;
end;
$$;

comment on function apartado._due_stock(timestamptz, integer) is 'The stock rows on which something is past its deadline.';
