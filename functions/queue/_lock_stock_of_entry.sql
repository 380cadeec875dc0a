-- _lock_stock_of_entry: takes the lock of the stock that a queue entry is of, and bumps its version.
--
-- Gives   the stock row as it is under the lock; p_member_id null: whoever the entry belongs to
-- Raises  RS107 no such entry, or not this member's
-- Locks   the stock row
-- Notes   an entry never changes its stock or its member, so both may be looked up before the lock; everything else about
--         it must be read after
create or replace function apartado._lock_stock_of_entry(p_entry bigint, p_member_id bigint default null)
  returns apartado.stock
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock apartado.stock;
begin
  update apartado.stock s
     set version = s.version + 1
   where s.stock_id = (select q.stock_id
                         from apartado.queue_entries q
                        where q.queue_entry_id = p_entry
                          and (p_member_id is null or q.member_id = p_member_id))
  returning s.* into v_stock;

  if v_stock.stock_id is null then
    perform apartado._refuse(case when p_member_id is null then 'RS107/operator' else 'RS107' end, 'entry', jsonb_build_object('entry', p_entry));
  end if;

  return v_stock;
end;
$$;

comment on function apartado._lock_stock_of_entry(bigint, bigint) is 'Takes the lock of the stock that a queue entry is of, and bumps its version.';
