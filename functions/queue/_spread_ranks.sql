-- _spread_ranks: gives everybody in a queue a new rank, in the same order, so that there is room between them again; or in that
-- of their lots.
--
-- Gives   the stock row as it then is
-- Tells   queue.ordered
-- Notes   the new ranks are tickets that nobody has, so that no two are the same for a moment. How often an entry was
--         passed is counted anew from here: a queue comes to this after some forty moves to one place.
--         With a seed those with a ticket before p_next_ticket come first, in the order of their lots (_lot), priority by priority:
--         where an operator had put them is over.
--         The caller holds the stock row, locked and bumped.
create or replace function apartado._spread_ranks(p_stock apartado.stock, p_seed text default null, p_next_ticket bigint default null)
  returns apartado.stock
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock apartado.stock;
begin
  with numbered as (
    select q.queue_entry_id,
           row_number() over (order by q.priority desc,
                                       case when q.ticket < p_next_ticket then apartado._lot(p_seed, q.queue_entry_id) end collate "C",
                                       q.rank) as ordinal
      from apartado.queue_entries q
     where q.stock_id = p_stock.stock_id
       and q.status in ('waiting', 'offered', 'suspended')
  ), spread as (
    update apartado.queue_entries q
       set rank = p_stock.next_ticket + n.ordinal - 1,
           moves = case when q.ticket < p_next_ticket then 0 else q.moves end,
           move_reason = case when q.ticket < p_next_ticket then null else q.move_reason end
      from numbered n
     where q.queue_entry_id = n.queue_entry_id
    returning q.queue_entry_id
  )
  update apartado.stock s
     set next_ticket = s.next_ticket + x.entries,
         version = s.version + 1
    from (select count(*) as entries from spread) x
   where s.stock_id = p_stock.stock_id
  returning s.* into v_stock;

  return v_stock;
end;
$$;

comment on function apartado._spread_ranks(apartado.stock, text, bigint) is 'Gives everybody in a queue a new rank, in the same order, so that there is room between them again; or in that of their lots.';
