-- _lock_walk_in_queue: takes the lock of the line in front of a location, and bumps its version.
--
-- Gives   the row as it is under the lock; made where there is none yet
-- Locks   the line, after carts and before stock rows
create or replace function apartado._lock_walk_in_queue(p_location_id bigint)
  returns apartado.walk_in_queues
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_queue apartado.walk_in_queues;
begin
  insert into apartado.walk_in_queues as w (location_id)
  values (p_location_id)
  on conflict (location_id) do update
     set version = w.version + 1
  returning w.* into v_queue;

  return v_queue;
end;
$$;

comment on function apartado._lock_walk_in_queue(bigint) is 'Takes the lock of the line in front of a location, and bumps its version.';
