-- event_head: between which positions the stream can be read.
--
-- Gives   pos, the newest position given (0: none yet); oldest, the smallest cursor from which nothing is missing
create or replace function apartado.event_head(
  out pos    bigint,
  out oldest bigint
)
  language sql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
  select c.last_pos, coalesce((select min(e.pos) - 1 from apartado.events e), c.last_pos)
    from apartado.event_cursor c;
$$;

comment on function apartado.event_head() is 'Between which positions the stream can be read. Example: select * from apartado.event_head()';

grant execute on function apartado.event_head to apartado_api, apartado_operator;
