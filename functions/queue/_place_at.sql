-- _place_at: which priority and rank an entry must have to stand at a position.
--
-- Gives   both; rank null: there is no room left between its neighbours
-- Notes   the entry keeps its priority where that is possible between the neighbours, and takes the nearer one's where it is
--         not. Behind the last of a priority the next ticket is its rank. Ranks of open offers are kept free, because
--         they may come back there. The caller holds the stock row, locked and settled.
create or replace function apartado._place_at(
  p_stock    apartado.stock,
  p_entry    apartado.queue_entries,
  p_position integer,
  out priority integer,
  out rank     numeric
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_before record;
  v_after  record;
begin
  select q.priority, q.rank
    into v_before
    from apartado.queue_entries q
   where q.stock_id = p_stock.stock_id and q.status in ('waiting', 'suspended')
     and q.queue_entry_id <> p_entry.queue_entry_id
   order by q.priority desc, q.rank
  offset greatest(p_position - 2, 0)
   limit (p_position > 1)::integer;

  select q.priority, q.rank
    into v_after
    from apartado.queue_entries q
   where q.stock_id = p_stock.stock_id and q.status in ('waiting', 'suspended')
     and q.queue_entry_id <> p_entry.queue_entry_id
   order by q.priority desc, q.rank
  offset p_position - 1
   limit 1;

  priority := greatest(least(p_entry.priority, v_before.priority), v_after.priority);
  if v_after.priority is distinct from priority then
    rank := p_stock.next_ticket;
  else
    rank := apartado._rank_between(
      greatest(0, case when v_before.priority = priority then v_before.rank end, (
        select max(q.rank)
          from apartado.queue_entries q
         where q.stock_id = p_stock.stock_id
           and q.status = 'offered'
           and q.priority = v_after.priority
           and q.rank < v_after.rank)), v_after.rank);
  end if;
end;
$$;

comment on function apartado._place_at(apartado.stock, apartado.queue_entries, integer) is 'Which priority and rank an entry must have to stand at a position.';
