-- _lots: the lots of one queue of a lottery, after a place.
--
-- Gives   at most p_limit rows in the order of the places; is_right: the lot is higher than the one before of the same priority,
--         and no priority is higher than the one before
create or replace function apartado._lots(p_drop_id bigint, p_stock_id bigint, p_seed text, p_after integer, p_limit integer)
  returns table (
    place          integer,
    queue_entry_id bigint,
    priority       integer,
    lot            text,
    is_right       boolean
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  select w.place, w.queue_entry_id, w.priority, w.lot,
         coalesce((w.priority, w.before_lot) < (w.before_priority, w.lot), true)
    from (select d.*, lag(d.priority) over in_order as before_priority, lag(d.lot) over in_order as before_lot
            from (select l.place, l.queue_entry_id, l.priority, apartado._lot(p_seed, l.queue_entry_id) collate "C" as lot
                    from apartado.lottery_lots l
                   where l.drop_id = p_drop_id and l.stock_id = p_stock_id and l.place >= p_after
                   order by l.place
                   limit p_limit::bigint + 1) d
          window in_order as (order by d.place)) w
   where w.place > p_after
   order by w.place
   limit p_limit;
end;
$$;

comment on function apartado._lots(bigint, bigint, text, integer, integer) is 'The lots of one queue of a lottery, after a place.';
