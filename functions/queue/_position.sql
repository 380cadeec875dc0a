-- _position: how many stand in a queue up to and including a place.
--
-- Gives   1 for the head; suspended entries keep their place and count, those that are gone do not
-- Notes   blocks of ranks are counted by triggers (_block): a plain count over 100,000 entries took 13-18 ms.
--         The settings and the ORDER BY in the last block force the index queue_entries_in_order, also on a plan cached
--         while the queue was empty: with another index each join cost more than the one before
create or replace function apartado._position(p_stock_id bigint, p_priority integer, p_rank numeric, p_now timestamptz)
  returns bigint
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  set jit = off
  set enable_sort = off
as $$
declare
  v_block bigint := apartado._block(p_rank);
begin
  return
    (select coalesce(sum(b.entries), 0)
       from apartado.queue_blocks b
      where b.stock_id = p_stock_id
        and (b.priority > p_priority or b.priority = p_priority and b.block < v_block))
    + (select count(*)
         from (select q.rank
                 from apartado.queue_entries q
                where q.stock_id = p_stock_id
                  and q.status in ('waiting', 'suspended')
                  and q.priority = p_priority
                  and q.rank >= apartado._block_begin(v_block)
                  and q.rank <= p_rank
                order by q.priority desc, q.rank) b)
    - apartado._gone(p_stock_id, p_now, p_priority, p_rank);
end;
$$;

comment on function apartado._position(bigint, integer, numeric, timestamptz) is 'How many stand in a queue up to and including a place.';
