-- _draw: puts the queues of a closed lottery in the order of the lots, and writes down who got which place.
--
-- Tells   queue.ordered
-- Notes   the order follows from the seed and the entries' numbers, so no second try gives another one. An open offer takes part:
--         what it costs to miss it is another rule. Whoever came after the closing stands behind. An item that has gone on to another
--         drop has no lots. The caller holds the stock rows, locked and bumped.
create or replace function apartado._draw(p_drop_id bigint, p_seed text)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._spread_ranks(s, p_seed, c.next_ticket)
     from apartado.lottery_queues c
     join apartado.stock s on s.stock_id = c.stock_id and s.drop_id = c.drop_id
    where c.drop_id = p_drop_id;

  insert into apartado.lottery_lots (drop_id, stock_id, place, queue_entry_id, priority)
  select c.drop_id, c.stock_id, row_number() over (partition by c.stock_id order by q.priority desc, q.rank), q.queue_entry_id, q.priority
    from apartado.lottery_queues c
    join apartado.stock s on s.stock_id = c.stock_id and s.drop_id = c.drop_id
    join apartado.queue_entries q on q.stock_id = c.stock_id and q.ticket < c.next_ticket
   where c.drop_id = p_drop_id
     and q.status in ('waiting', 'offered', 'suspended');
end;
$$;

comment on function apartado._draw(bigint, text) is 'Puts the queues of a closed lottery in the order of the lots, and writes down who got which place.';
