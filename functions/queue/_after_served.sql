-- _after_served: a moment, or a microsecond later where somebody was served of a stock row at that very moment.
--
-- Gives   the waiting_since of an entry that joins, is moved or resumed on a settled row
-- Notes   _passed counts whoever was served at waiting_since or later; without the microsecond it would count those served by
--         the settling just before
create or replace function apartado._after_served(p_stock_id bigint, p_now timestamptz)
  returns timestamptz
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return
    (select greatest(p_now, max(q.served_at) + interval '1 microsecond')
       from apartado.queue_entries q
      where q.stock_id = p_stock_id
        and q.served_at >= p_now);
end;
$$;

comment on function apartado._after_served(bigint, timestamptz) is 'A moment, or a microsecond later where somebody was served of a stock row at that very moment.';
