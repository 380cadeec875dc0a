-- settled_stock: what each stock row would be if it were settled now, for the views.
--
-- Gives   a row for each: available, reserved, queue_length, with everything due taken as done
-- Notes   of a row without a queue, and with nothing due, these are its own counters
create or replace function apartado.settled_stock()
  returns table (
    stock_id     bigint,
    available    integer,
    reserved     integer,
    queue_length integer
  )
  language sql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
  select s.stock_id, coalesce(d.available, s.available), coalesce(d.reserved, s.reserved), coalesce(d.queue_length, s.queue_length)
    from (select apartado.clock() as now offset 0) c
   cross join apartado.stock s
    left join lateral (
      select x.*
        from apartado._settled(s, c.now) x
       where s.next_due_at <= c.now or s.queue_length > 0
      offset 0) d on true;
$$;

comment on function apartado.settled_stock() is 'What each stock row would be if it were settled now, for the views. Example: select * from apartado.settled_stock()';

grant execute on function apartado.settled_stock to apartado_operator, apartado_reader;
