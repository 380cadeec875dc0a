-- _block_begin: the first rank that is counted in a block of a queue (_block).
--
-- Notes   inlined, see clock()
create or replace function apartado._block_begin(p_block bigint)
  returns numeric
  language sql
  immutable
  return p_block::numeric * 128;

comment on function apartado._block_begin(bigint) is 'The first rank that is counted in a block of a queue (_block).';
