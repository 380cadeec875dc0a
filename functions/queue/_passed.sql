-- _passed: how often an entry was passed: entries behind it that were served since it could have been.
--
-- Notes   an offer counts, whatever came of it: its units were set aside behind the entry
create or replace function apartado._passed(p_stock_id bigint, p_priority integer, p_rank numeric, p_waiting_since timestamptz)
  returns bigint
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return
    (select count(*)
       from apartado.queue_entries q
      where q.stock_id = p_stock_id
        and q.served_at >= p_waiting_since
        and (q.priority, -q.served_rank) < (p_priority, -p_rank))
    + (select count(*)
         from apartado.queue_entries q
        cross join lateral unnest(q.served_before, q.ranks_before) b (served_at, rank)
        where q.stock_id = p_stock_id
          and q.served_before is not null
          and q.served_at >= p_waiting_since
          and b.served_at >= p_waiting_since
          and (q.priority, -b.rank) < (p_priority, -p_rank));
end;
$$;

comment on function apartado._passed(bigint, integer, numeric, timestamptz) is 'How often an entry was passed: entries behind it that were served since it could have been.';
