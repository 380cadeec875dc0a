-- _passed: how often an entry was passed: entries behind it that were served since it could have been.
--
-- Notes   an offer counts, whatever came of it: its units were set aside behind the entry. Who missed one and
--         had another counts as often as they were asked, also before: rather too often than too seldom, so that the
--         entry is waited for in time
--
-- Gives   a count
create or replace function apartado._passed(p_stock_id bigint, p_priority integer, p_rank numeric, p_waiting_since timestamptz)
  returns bigint
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(sum(q.serves), 0)
      from apartado.queue_entries q
     where q.stock_id = p_stock_id
       and q.served_at >= p_waiting_since
       and (q.priority, -q.served_rank) < (p_priority, -p_rank)
  );
end;
$$;

comment on function apartado._passed(bigint, integer, numeric, timestamptz) is 'How often an entry was passed: entries behind it that were served since it could have been.';
