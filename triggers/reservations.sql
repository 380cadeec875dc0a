-- Reservations: closed ones stay as they are, none is deleted; the line of a cart goes with its reservation; every change is
-- counted twice and told once. A session caches the plans of these triggers, whether it changed one row first or swept a shop:
-- the enable_… settings (here and wherever a statement is counted) keep them on index look-ups by key.

-- Closed reservations stay as they are, and whose and of what a reservation is never changes.
create or replace trigger _300_refuse_change
  before update on apartado.reservations
  for each row
  when (old.status <> 'active'
        or (old.reservation_id, old.stock_id, old.member_id, old.queue_entry_id, old.price, old.currency, old.reserved_at, old.transferred_from)
           is distinct from
           (new.reservation_id, new.stock_id, new.member_id, new.queue_entry_id, new.price, new.currency, new.reserved_at, new.transferred_from))
  execute function apartado.tg_any__refuse_change('reservation');

create or replace trigger _310_refuse_delete
  before delete on apartado.reservations
  for each row
  execute function apartado.tg_any__refuse_change('reservation');

create or replace trigger _320_refuse_truncate
  before truncate on apartado.reservations
  for each statement
  execute function apartado.tg_any__refuse_change('reservation');

-- A row trigger for one row: no transition table to join, group and sort. The hot statement of reserve asks for it by setting
-- apartado.alone; the rows of any other statement are counted and told by the statement trigger below. Both tell the same.
create or replace function apartado.tg_reservations__record_one()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock record;
begin
  update apartado.stock_tallies t
     set reserved = t.reserved + new.quantity,
         version = s.version,
         suspect = s.reserved <> t.reserved + new.quantity and (s.version in (t.version, s.vouched_version) or age(s.xmin) > 0)
    from apartado.stock s
   where s.stock_id = new.stock_id and t.stock_id = new.stock_id
  returning s.available, s.reserved, s.sold, s.queue_length, s.version into v_stock;

  insert into apartado.events (kind, stock_id, member_id, available, reserved, sold, queue_length, version, data, at)
  values ('reservation.created', new.stock_id, new.member_id,
          v_stock.available, v_stock.reserved, v_stock.sold, v_stock.queue_length, v_stock.version,
          jsonb_build_object('reservation_id', new.reservation_id, 'quantity', new.quantity, 'expires_at', apartado._utc(new.expires_at)),
          new.reserved_at);
  return null;
end;
$$;

comment on function apartado.tg_reservations__record_one() is 'Counts the units set aside and tells reservation.created, for one row.';

create or replace trigger _500_record_one
  after insert on apartado.reservations
  for each row
  when (current_setting('apartado.alone', true) = 'on' and new.status = 'active')
  execute function apartado.tg_reservations__record_one();

create or replace function apartado.tg_reservations__record_insert()
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
    return null; -- nobody could go straight, or nobody was served: the INSERT below rings the bell even when it inserts nothing
  end if;

  if v_callers is not null then
    -- those that _reserve_straight set aside, each as if it had come alone: with its own caller, counters and version
    update apartado.stock_tallies t
       set reserved = t.reserved + n.units,
           version = s.version,
           suspect = s.reserved <> t.reserved + n.units
      from apartado.stock s, (
        select w.stock_id, sum(w.quantity)::integer as units
          from new_rows w
         group by w.stock_id
      ) n
     where s.stock_id = n.stock_id and t.stock_id = n.stock_id;
    insert into apartado.events (kind, stock_id, member_id, actor, session_id, available, reserved, sold, queue_length, version, data, at)
    select 'reservation.created', n.stock_id, n.member_id, case when n.session_id is null then 'role:' || session_user
                                                   else (select m.alias from apartado.members m where m.member_id = n.member_id) end, n.session_id,
           s.available + n.units_after, s.reserved - n.units_after, s.sold, s.queue_length, s.version - n.rows_after,
           jsonb_build_object('reservation_id', n.reservation_id, 'quantity', n.quantity, 'expires_at', apartado._utc(n.expires_at)),
           n.reserved_at
      from (select r.*, (v_callers ->> r.member_id::text)::bigint as session_id,
                   coalesce(sum(r.quantity) over after, 0) as units_after, count(*) over after as rows_after
              from new_rows r
            window after as (partition by r.stock_id order by r.reservation_id desc rows between unbounded preceding and 1 preceding)) n
      join apartado.stock s on s.stock_id = n.stock_id
     order by n.reservation_id;
    return null;
  end if;

  with counted as (
    update apartado.stock_tallies t
       set reserved = t.reserved + n.units,
           version = s.version,
           suspect = s.reserved <> t.reserved + n.units and (s.version in (t.version, s.vouched_version) or age(s.xmin) > 0)
      from apartado.stock s, (
        select w.stock_id, sum(w.quantity)::integer as units
          from new_rows w
         where w.status = 'active'
         group by w.stock_id
      ) n
     where s.stock_id = n.stock_id and t.stock_id = n.stock_id
    returning s.stock_id, s.available, s.reserved, s.sold, s.queue_length, s.version
  )
  insert into apartado.events (kind, stock_id, member_id, available, reserved, sold, queue_length, version, data, at)
  select 'reservation.created', n.stock_id, n.member_id, c.available, c.reserved, c.sold, c.queue_length, c.version,
         jsonb_build_object('reservation_id', n.reservation_id, 'quantity', n.quantity, 'expires_at', apartado._utc(n.expires_at)),
         -- one that was handed on keeps its reserved_at, so the event is of when it was handed on
         case when n.transferred_from is null then n.reserved_at
              else (select o.closed_at from apartado.reservations o where o.reservation_id = n.transferred_from) end
    from new_rows n
    -- full join, because it is never a nested loop: one planned when few rows changed compares all with all when many do
    full join counted c on c.stock_id = n.stock_id
   where coalesce(c.stock_id = n.stock_id, false)
   order by n.reservation_id;
  return null;
end;
$$;

comment on function apartado.tg_reservations__record_insert() is 'Counts the units set aside and tells reservation.created, for all rows of a statement.';

create or replace trigger _500_record_insert
  after insert on apartado.reservations
  referencing new table as new_rows
  for each statement
  when (current_setting('apartado.alone', true) is distinct from 'on')
  execute function apartado.tg_reservations__record_insert();

create or replace function apartado.tg_reservations__record_update()
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

  with counted as (
    update apartado.stock_tallies t
       set reserved = t.reserved + n.units,
           version = s.version,
           suspect = s.reserved <> t.reserved + n.units and (s.version in (t.version, s.vouched_version) or age(s.xmin) > 0)
      from apartado.stock s, (
        select b.stock_id, sum(b.units)::integer as units
          from (select w.stock_id, case when w.status = 'active' then w.quantity else 0 end as units from new_rows w
                union all
                select w.stock_id, case when w.status = 'active' then -w.quantity else 0 end from old_rows w) b
         group by b.stock_id
      ) n
     where s.stock_id = n.stock_id and t.stock_id = n.stock_id
    returning s.stock_id, s.available, s.reserved, s.sold, s.queue_length, s.version
  )
  insert into apartado.events (kind, stock_id, member_id, available, reserved, sold, queue_length, version, data, at)
  select 'reservation.' || case
           when n.status <> o.status then n.status
           when n.expires_at > o.expires_at then 'extended'
           when n.warned_of is distinct from o.warned_of then 'expiring'
           else 'changed'
         end,
         n.stock_id, n.member_id, c.available, c.reserved, c.sold, c.queue_length, c.version,
         jsonb_strip_nulls(jsonb_build_object('reservation_id', n.reservation_id, 'quantity', n.quantity,
                                              'expires_at', apartado._utc(n.expires_at), 'reason', n.reason,
                                              'payment_began_at', apartado._utc(n.payment_began_at), 'yields', nullif(n.yields, false))),
         coalesce(n.closed_at, apartado.clock())
    from new_rows n
    -- full joins, as above
    full join old_rows o on o.reservation_id = n.reservation_id
    full join counted c on c.stock_id = n.stock_id
   where (n.status, n.quantity, n.expires_at, n.reason, n.payment_began_at, n.yields, n.warned_of)
         is distinct from (o.status, o.quantity, o.expires_at, o.reason, o.payment_began_at, o.yields, o.warned_of);
  return null;
end;
$$;

comment on function apartado.tg_reservations__record_update() is 'Counts the units given back and tells reservation.sold, .expired, .cancelled, .revoked, .extended, .expiring or .changed.';

create or replace trigger _510_record_update
  after update on apartado.reservations
  referencing old table as old_rows new table as new_rows
  for each statement
  execute function apartado.tg_reservations__record_update();

create or replace function apartado.tg_reservations__carry_to_cart()
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
  update apartado.cart_lines l
     set quantity = n.quantity, reason = case when n.status <> 'active' then n.status end,
         -- the deadline, as queries told it before the sweep
         left_at = case n.status when 'expired' then n.expires_at else n.closed_at end
    from new_rows n
   where l.reservation_id = n.reservation_id
     and l.left_at is null
     and n.status <> 'sold'
     and (n.status <> 'active' or n.quantity <> l.quantity);

  delete from apartado.cart_lines l
   using new_rows n
   where l.reservation_id = n.reservation_id
     and n.status = 'sold';
  return null;
end;
$$;

comment on function apartado.tg_reservations__carry_to_cart() is 'The line of a cart goes with the reservation that holds it: it has its quantity, falls out when it ends, and is gone when it is sold.';

create or replace trigger _520_carry_to_cart
  after update on apartado.reservations
  referencing new table as new_rows
  for each statement
  execute function apartado.tg_reservations__carry_to_cart();
