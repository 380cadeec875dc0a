-- _lots: the lots of a lottery, with the places that they were given and those that the seed gives.
--
-- Gives   a row for each lot, of all queues of the drop
create or replace function apartado._lots(p_lottery apartado.lotteries)
  returns table (
    stock_id       bigint,
    place          integer,
    queue_entry_id bigint,
    priority       integer,
    lot            text,
    expected_place bigint
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  select d.stock_id, d.place, d.queue_entry_id, d.priority, d.lot,
         row_number() over (partition by d.stock_id order by d.priority desc, d.lot)
    from (select l.*, apartado._lot(p_lottery.seed, l.queue_entry_id) as lot
            from apartado.lots l
           where l.drop_id = p_lottery.drop_id) d;
end;
$$;

comment on function apartado._lots(apartado.lotteries) is 'The lots of a lottery, with the places that they were given and those that the seed gives.';
