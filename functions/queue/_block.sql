-- _block: the block of a queue in which a rank is counted; 128 ranks are one.
--
-- Notes   blocks are counted by triggers/queue_entries.sql, so that a position is no count over the whole queue. The first rank of
--         one is _block_begin. Inlined, see clock()
create or replace function apartado._block(p_rank numeric)
  returns bigint
  language sql
  immutable
  return pg_catalog.div(p_rank, 128)::bigint;

comment on function apartado._block(numeric) is 'The block of a queue in which a rank is counted; 128 ranks are one.';
