-- _draw: draws the order of a queue by lot, where its drop has opened and that is still to be done.
--
-- Tells   queue.ordered, and drop.drawn through triggers/draws.sql
-- Notes   everybody who stands in the queue takes part, priority by priority; whoever comes later is behind them. The order
--         follows from the seed and the entries' numbers, so it is the same whoever happens to be first, and no second try
--         gives another one. The caller holds the stock row, locked and bumped.
create or replace function apartado._draw(p_stock apartado.stock, p_now timestamptz)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._spread_ranks(p_stock, (select l.seed from apartado.lotteries l where l.drop_id = p_stock.drop_id));

  insert into apartado.draws (drop_id, stock_id, drawn_at, entries)
  values (p_stock.drop_id, p_stock.stock_id, p_now, p_stock.queue_length);

  insert into apartado.lots (drop_id, stock_id, queue_entry_id, priority, place)
  select p_stock.drop_id, p_stock.stock_id, q.queue_entry_id, q.priority, row_number() over (order by q.priority desc, q.rank)
    from apartado.queue_entries q
   where q.stock_id = p_stock.stock_id
     and q.status in ('waiting', 'suspended');
end;
$$;

comment on function apartado._draw(apartado.stock, timestamptz) is 'Draws the order of a queue by lot, where its drop has opened and that is still to be done.';
