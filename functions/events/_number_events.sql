-- _number_events: gives the next positions to the events that have none, in the order of their ids.
--
-- Gives   how many it numbered; fewer than p_limit when none is left
-- Raises  RS204 p_limit outside 1 .. 100000 · RS312 not at READ COMMITTED
-- Locks   one numberer at a time (advisory, to the end of the transaction)
-- Notes   only the service's listener loop and the jobs call it, each call a transaction of its own; readers never do.
--         Ids of one stock row are in version order, because events are written under its lock; ids of different rows
--         may become visible out of order, so the position is given after the commit, and delivery waits for nobody.
--         The search begins above low_id. A mark (the newest id handed out, and a transaction id newer than any that
--         can have taken it) becomes the next low_id once all older transactions have ended: a shorter search, nothing else.
--         Never max(pos): it starts again after a purge.
--         A generic plan along the index of ids: planning each call took as long as numbering a hundred.
create or replace function apartado._number_events(p_limit integer default 1000)
  returns integer
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_seqscan = off
  set jit = off
  set enable_bitmapscan = off
as $$
declare
  v_cursor    apartado.event_cursor;
  v_newest_id bigint;
  v_oldest    xid8;
  v_numbered  integer;
  -- a mark needs a transaction id that is taken after the newest id was read
  v_may_mark  boolean := pg_current_xact_id_if_assigned() is null;
begin
  if p_limit is null or p_limit not between 1 and 100000 then
    perform apartado._refuse('RS204', 'limit', jsonb_build_object('limit', p_limit, 'smallest', 1, 'largest', 100000));
  end if;
  perform apartado._check_isolation('limit');
  if pg_is_in_recovery() then
    return 0;
  end if;

  perform pg_advisory_xact_lock(apartado._lock_key('numbering'));
  v_newest_id := (select q.last_value from apartado.events_event_id_seq q where q.is_called);
  v_oldest := pg_snapshot_xmin(pg_current_snapshot());
  select c.* into v_cursor from apartado.event_cursor c;

  with found as (
    select e.event_id
      from apartado.events e
     where e.event_id > v_cursor.low_id
       and e.pos is null
     order by e.event_id
     limit p_limit
  ), ranked as (
    select f.event_id, v_cursor.last_pos + row_number() over (order by f.event_id) as pos
      from found f
  )
  update apartado.events e
     set pos = r.pos
    from ranked r
   where e.event_id = r.event_id;
  get diagnostics v_numbered = row_count;

  if v_numbered > 0
     or v_oldest >= v_cursor.mark_xid and (v_newest_id > v_cursor.mark_id or v_cursor.mark_id > v_cursor.low_id) then
    perform apartado._move_mark(v_cursor, v_numbered, v_numbered < p_limit and v_oldest >= v_cursor.mark_xid,
                                case when v_may_mark then v_newest_id end);
  end if;

  return v_numbered;
end;
$$;

comment on function apartado._number_events(integer) is 'Gives the next positions to the events that have none, in the order of their ids.';

-- the one internal function with a grant: the service's listener loop needs it
grant execute on function apartado._number_events to apartado_api, apartado_jobs;
