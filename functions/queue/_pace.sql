-- _pace: how fast a queue moves, from its own history.
--
-- Gives   the mean time between two people served, of the last 20; how many it was taken from.
--         Null with fewer than three, and when all were served at the same moment: that says nothing about the next
create or replace function apartado._pace(p_stock_id bigint, out pace interval, out sample integer)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  select case when count(*) >= 3 and max(h.served_at) > min(h.served_at)
              then make_interval(secs => extract(epoch from max(h.served_at) - min(h.served_at)) / (count(*) - 1)) end,
         count(*)
    into pace, sample
    from (select q.served_at
            from apartado.queue_entries q
           where q.stock_id = p_stock_id
             and q.served_at is not null
           order by q.served_at desc
           limit 20) h;
end;
$$;

comment on function apartado._pace(bigint) is 'How fast a queue moves, from its own history.';
