-- _lock_wishes: takes the wishes of the entries in some queues, so that each is fulfilled once.
--
-- Gives   whether any of these entries is dead: its wish was fulfilled elsewhere
-- Locks   the wishes, by id, after all stock rows. Whoever locks several stock rows calls this once for all of them
--         before it settles the first: otherwise two transactions could deadlock on wishes
create or replace function apartado._lock_wishes(p_stock_ids bigint[])
  returns boolean
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (
    select
      from apartado.queue_entries q
     where q.stock_id = any (p_stock_ids)
       and q.wish_id is not null
       and q.status in ('waiting', 'offered', 'suspended')
  ) then
    return false;
  end if;

  perform w.wish_id
     from apartado.wishes w
    where w.wish_id in (select q.wish_id
                          from apartado.queue_entries q
                         where q.stock_id = any (p_stock_ids)
                           and q.wish_id is not null
                           and q.status in ('waiting', 'offered', 'suspended'))
    order by w.wish_id
      for no key update;

  return exists (
    select
      from apartado.queue_entries q
     where q.stock_id = any (p_stock_ids)
       and q.wish_id is not null
       and q.status in ('waiting', 'offered', 'suspended')
       -- CASE hides the status from the planner: an index on it would read whole queues
       and case when q.status <> 'offered' then (select w.closed_at from apartado.wishes w where w.wish_id = q.wish_id) end is not null);
end;
$$;

comment on function apartado._lock_wishes(bigint[]) is 'Takes the wishes of the entries in some queues, so that each is fulfilled once.';
