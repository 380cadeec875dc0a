-- _gone: how many entries of a queue are there no more, although nobody has written that yet.
--
-- Gives   a count, of all or of those in front of a place: not needed any more, or of a wish that was fulfilled elsewhere
create or replace function apartado._gone(p_stock_id bigint, p_now timestamptz, p_priority integer default null, p_rank numeric default null)
  returns integer
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return
    (select count(*)
       from apartado.queue_entries q
      where q.stock_id = p_stock_id
        and q.status in ('waiting', 'suspended')
        and q.needed_until <= p_now
        and (p_rank is null or (q.priority, -q.rank) > (p_priority, -p_rank)))
    + (select count(*)
         from apartado.queue_entries q
         join apartado.wishes w on w.wish_id = q.wish_id
        where q.stock_id = p_stock_id
          and q.wish_id is not null
          and q.status in ('waiting', 'suspended')
          and (q.needed_until is null or q.needed_until > p_now)
          and w.closed_at is not null
          and (p_rank is null or (q.priority, -q.rank) > (p_priority, -p_rank)));
end;
$$;

comment on function apartado._gone(bigint, timestamptz, integer, numeric) is 'How many entries of a queue are there no more, although nobody has written that yet.';
