-- settled_entries: what each open queue entry would be if its queue were settled now, for the views.
--
-- Gives   a row for each that is still there, with its status then
-- Notes   before anybody is served: who will be promoted still waits
create or replace function apartado.settled_entries()
  returns table (
    queue_entry_id bigint,
    status         text
  )
  language sql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
  select q.queue_entry_id, e.status
    from apartado.queue_entries q
    join apartado.stock s on s.stock_id = q.stock_id
   cross join lateral apartado._entry_as_settled(s, q, apartado.clock()) e
   where q.status in ('waiting', 'offered', 'suspended')
     and e.status is not null;
$$;

comment on function apartado.settled_entries() is 'What each open queue entry would be if its queue were settled now, for the views. Example: select * from apartado.settled_entries()';

grant execute on function apartado.settled_entries to apartado_operator, apartado_reader;
