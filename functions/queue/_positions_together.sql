-- _positions_together: where each of several entries stood when it came, that came to one queue in one statement, by their ranks.
--
-- Gives   a row per entry: its position as if the others had come one after the other
-- Notes   _position counts once for each priority, not for each entry
create or replace function apartado._positions_together(p_entry_ids bigint[])
  returns table (
    queue_entry_id bigint,
    "position"     bigint
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  set jit = off
as $$
#variable_conflict use_column
begin
  return query
  with came as (
    select q.queue_entry_id, q.stock_id, q.priority, q.rank, q.joined_at
      from apartado.queue_entries q
     where q.queue_entry_id = any (p_entry_ids)
  ), ahead as materialized (
    -- materialized, so that _position is called once for each priority and not for each entry
    select f.priority, apartado._position(f.stock_id, f.priority, f.rank, f.joined_at) - 1
           - (select count(*) from came c where c.priority > f.priority) as entries
      from (select distinct on (c.priority) c.* from came c order by c.priority, c.rank) f
  )
  select c.queue_entry_id,
         a.entries + row_number() over (partition by c.priority order by c.rank)
         + case when (select count(*) from ahead) = 1 then 0
                else (select count(*) from came h where h.priority > c.priority and h.rank < c.rank) end
    from came c
    join ahead a on a.priority = c.priority;
end;
$$;

comment on function apartado._positions_together(bigint[]) is 'Where each of several entries stood when it came, that came to one queue in one statement, by their ranks.';
