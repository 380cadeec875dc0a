-- Queue entries: closed ones stay as they are, none is deleted; every change is counted twice and told once.

-- Closed entries stay as they are, and whose, for what and at which place an entry is never changes.
create or replace trigger _300_refuse_change
  before update on apartado.queue_entries
  for each row
  when (old.closed_at is not null
        or (old.queue_entry_id, old.stock_id, old.member_id, old.ticket, old.joined_at)
           is distinct from
           (new.queue_entry_id, new.stock_id, new.member_id, new.ticket, new.joined_at)
        or new.wish_id is not null and new.wish_id is distinct from old.wish_id)
  execute function apartado.tg_any__refuse_change('entry');

create or replace trigger _310_refuse_delete
  before delete on apartado.queue_entries
  for each row
  execute function apartado.tg_any__refuse_change('entry');

create or replace trigger _320_refuse_truncate
  before truncate on apartado.queue_entries
  for each statement
  execute function apartado.tg_any__refuse_change('entry');

create or replace function apartado.tg_queue_entries__close_wish()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_seqscan = off
  set jit = off
as $$
begin
  update apartado.wishes w
     set closed_at = n.closed_at
    from (select x.wish_id, max(x.closed_at) as closed_at
            from new_rows x
           where x.wish_id is not null and x.closed_at is not null
           group by x.wish_id) n
   where w.wish_id = n.wish_id
     and w.closed_at is null
     and not exists (select
                       from apartado.queue_entries q
                      where q.wish_id = w.wish_id and q.status in ('waiting', 'offered', 'suspended'));
  return null;
end;
$$;

comment on function apartado.tg_queue_entries__close_wish() is 'A wish ends with the last of its places.';

create or replace trigger _400_close_wish
  after update on apartado.queue_entries
  referencing new table as new_rows
  for each statement
  execute function apartado.tg_queue_entries__close_wish();

create or replace function apartado.tg_queue_entries__record_insert()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_seqscan = off
  set enable_sort = off
  set jit = off
as $$
declare
  v_callers jsonb := apartado._callers();
begin
  if not exists (select from new_rows) then
    return null; -- nobody could go straight: the INSERT below rings the bell even when it inserts nothing
  end if;

  insert into apartado.queue_blocks as b (stock_id, priority, block, entries)
  select w.stock_id, w.priority, apartado._block(w.rank), count(*)
    from new_rows w
   where w.status in ('waiting', 'suspended')
   group by 1, 2, 3
      on conflict (stock_id, priority, block) do update set entries = b.entries + excluded.entries;

  update apartado.stock_tallies t
     set queue_length = t.queue_length + n.places,
         reserved = t.reserved + n.units,
         version = s.version,
         suspect = (s.queue_length, s.reserved) <> (t.queue_length + n.places, t.reserved + n.units)
                   and (s.version in (t.version, s.vouched_version) or age(s.xmin) > 0)
    from apartado.stock s, (
      select w.stock_id, count(*) filter (where w.status in ('waiting', 'suspended'))::integer as places,
             coalesce(sum(w.offered_quantity), 0)::integer as units
        from new_rows w
       group by w.stock_id
    ) n
   where s.stock_id = n.stock_id and t.stock_id = n.stock_id;

  if v_callers is not null then
    -- those whom _queue_straight put in line, each as if it had come alone: with its own caller, counters, place and version
    insert into apartado.events (kind, stock_id, member_id, actor, session_id, available, reserved, sold, queue_length, version, data, details, at)
    select 'queue.joined', n.stock_id, n.member_id, case when n.session_id is null then 'role:' || session_user
                                                   else (select m.alias from apartado.members m where m.member_id = n.member_id) end, n.session_id,
           s.available, s.reserved, s.sold, s.queue_length - n.after, s.version - n.after,
           jsonb_build_object('queue_entry_id', n.queue_entry_id, 'quantity', n.quantity, 'position', p."position"),
           jsonb_build_object('status', n.status, 'priority', n.priority, 'rank', n.rank), n.joined_at
      from (select w.*, (v_callers ->> w.member_id::text)::bigint as session_id,
                   (count(*) over (order by w.rank desc) - 1)::integer as after
              from new_rows w) n
      join apartado.stock s on s.stock_id = n.stock_id
      -- full join, so never a nested loop (see triggers/reservations.sql)
      full join apartado._positions_together(array(select w.queue_entry_id from new_rows w)) p on p.queue_entry_id = n.queue_entry_id
     where coalesce(p.queue_entry_id = n.queue_entry_id, false)
     order by n.rank;
  else
    insert into apartado.events (kind, stock_id, member_id, available, reserved, sold, queue_length, version, data, details, at)
    select 'queue.joined', n.stock_id, n.member_id, s.available, s.reserved, s.sold, s.queue_length, s.version,
           jsonb_build_object('queue_entry_id', n.queue_entry_id, 'quantity', n.quantity,
                              'position', apartado._position(n.stock_id, n.priority, n.rank, n.joined_at)),
           jsonb_build_object('status', n.status, 'priority', n.priority, 'rank', n.rank), n.joined_at
      from new_rows n
      join apartado.stock s on s.stock_id = n.stock_id;
  end if;
  return null;
end;
$$;

comment on function apartado.tg_queue_entries__record_insert() is 'Counts who waits and tells queue.joined.';

create or replace trigger _500_record_insert
  after insert on apartado.queue_entries
  referencing new table as new_rows
  for each statement
  execute function apartado.tg_queue_entries__record_insert();

create or replace function apartado.tg_queue_entries__record_update()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_seqscan = off
  set enable_sort = off
  set jit = off
as $$
begin
  if not exists (select from new_rows) then
    return null; -- a sweep that found nothing: the INSERT below rings the bell even when it inserts nothing
  end if;

  insert into apartado.queue_blocks as b (stock_id, priority, block, entries)
  select x.stock_id, x.priority, x.block, sum(x.entries)
    from (select w.stock_id, w.priority, apartado._block(w.rank) as block, 1 as entries from new_rows w where w.status in ('waiting', 'suspended')
          union all
          select w.stock_id, w.priority, apartado._block(w.rank), -1 from old_rows w where w.status in ('waiting', 'suspended')) x
   group by 1, 2, 3
  having sum(x.entries) <> 0
      on conflict (stock_id, priority, block) do update set entries = b.entries + excluded.entries;

  with counted as (
    update apartado.stock_tallies t
       set queue_length = t.queue_length + n.places,
           reserved = t.reserved + n.units,
           version = s.version,
           suspect = (s.queue_length, s.reserved) <> (t.queue_length + n.places, t.reserved + n.units)
                     and (s.version in (t.version, s.vouched_version) or age(s.xmin) > 0)
      from apartado.stock s, (
        select b.stock_id, sum(b.places)::integer as places, sum(b.units)::integer as units
          from (select w.stock_id, (w.status in ('waiting', 'suspended'))::integer as places, coalesce(w.offered_quantity, 0) as units
                  from new_rows w
                union all
                select w.stock_id, -(w.status in ('waiting', 'suspended'))::integer, -coalesce(w.offered_quantity, 0)
                  from old_rows w) b
         group by b.stock_id
      ) n
     where s.stock_id = n.stock_id and t.stock_id = n.stock_id
    returning s.stock_id, s.available, s.reserved, s.sold, s.queue_length, s.version
  ), paired as materialized (
    -- old and new row are paired by a window: a join, planned when few rows changed, is a nested loop over all when many do
    select w.*, lag(w.status) over beside as old_status, lag(w.moves) over beside as old_moves, lag(w.rank) over beside as old_rank
      from (select x.*, false as is_new from old_rows x union all select x.*, true from new_rows x) w
    window beside as (partition by w.queue_entry_id order by w.is_new)
  ), spread as (
    -- a rank that changed without a move was spread anew or drawn by lot; queue_at needs it to read the past
    insert into apartado.events (kind, stock_id, available, reserved, sold, queue_length, version, details, at)
    select 'queue.ordered', c.stock_id, c.available, c.reserved, c.sold, c.queue_length, c.version,
           jsonb_build_object('ranks', jsonb_object_agg(n.queue_entry_id, n.rank)), apartado.clock()
      from paired n
      full join counted c on c.stock_id = n.stock_id
     where coalesce(n.is_new and n.rank <> n.old_rank and n.status = n.old_status and n.moves <= n.old_moves, false)
     group by c.stock_id, c.available, c.reserved, c.sold, c.queue_length, c.version
  )
  insert into apartado.events (kind, stock_id, member_id, available, reserved, sold, queue_length, version, data, details, at)
  select 'queue.' || case
           when n.old_status = 'offered' and n.status in ('waiting', 'suspended') then 'missed'
           when n.status = n.old_status then 'moved'
           when n.status = 'waiting' then 'resumed'
           else n.status
         end,
         n.stock_id, n.member_id, c.available, c.reserved, c.sold, c.queue_length, c.version,
         jsonb_strip_nulls(jsonb_build_object('queue_entry_id', n.queue_entry_id, 'quantity', n.quantity,
                                              'reason', case when n.moves > n.old_moves then n.move_reason else n.reason end,
                                              'offered', n.offered_quantity, 'expires_at', apartado._utc(n.offered_until),
                                              'position', case when n.moves > n.old_moves or (n.old_status, n.status) = ('suspended', 'waiting')
                                                               then apartado._position(n.stock_id, n.priority, n.rank, apartado.clock()) end)),
         jsonb_build_object('status', n.status, 'priority', n.priority, 'rank', n.rank), coalesce(n.closed_at, apartado.clock())
    from (select p.* from paired p where p.is_new and (p.status <> p.old_status or p.moves > p.old_moves)) n
    -- full join, so never a nested loop, however few rows were expected; `where` drops the rows that it adds
    full join counted c on c.stock_id = n.stock_id
   where coalesce(n.is_new, false)
   order by n.stock_id, n.priority desc, n.rank;
  return null;
end;
$$;

comment on function apartado.tg_queue_entries__record_update() is 'Counts who waits and what is offered, and tells queue.offered, .promoted, .missed, .moved, .suspended, .resumed, .left, .removed or .closed; queue.ordered where ranks were spread.';

create or replace trigger _510_record_update
  after update on apartado.queue_entries
  referencing old table as old_rows new table as new_rows
  for each statement
  execute function apartado.tg_queue_entries__record_update();
