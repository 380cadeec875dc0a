-- Stock: carries the rules of its item; counters that change bump the version, agree with the rows at commit, and are
-- told when the total changes.

create or replace trigger _100_pass_gate
  before insert on apartado.stock
  for each statement
  execute function apartado.tg_any__pass_gate();

create or replace function apartado.tg_stock__fill_in_rules()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  select r.open, r.price, r.currency, r.hold, r.active_limit, r.queue_limit, r.restock, r.drop_id, r.opens_at,
         r.closes_at, r.item_limit, r.drop_limit, r.offer_window, r.missed, r.fit, r.passed_limit, r.low_stock,
         r.paranoia, r.expiring_soon, r.draws_at
    into new.open, new.price, new.currency, new.hold, new.active_limit, new.queue_limit, new.restock, new.drop_id,
         new.opens_at, new.closes_at, new.item_limit, new.drop_limit, new.offer_window, new.missed, new.fit,
         new.passed_limit, new.low_stock, new.paranoia, new.expiring_soon, new.draws_at
    from apartado._rules(new.item_id, new.location_id) r;
  if new.drop_id is not null then
    new.next_due_at := '-infinity';
  end if;
  return new;
end;
$$;

comment on function apartado.tg_stock__fill_in_rules() is 'A new stock row begins with the rules of its item.';

create or replace trigger _110_fill_in_rules
  before insert on apartado.stock
  for each row
  execute function apartado.tg_stock__fill_in_rules();

create or replace function apartado.tg_stock__open_tally()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.stock_tallies (stock_id, low)
  values (new.stock_id, coalesce(new.available <= new.low_stock, false));
  return null;
end;
$$;

comment on function apartado.tg_stock__open_tally() is 'Every stock row has its tally, which begins at nothing.';

-- before _330 compares it, which under `set constraints all immediate` comes at once
create or replace trigger _200_open_tally
  after insert on apartado.stock
  for each row
  execute function apartado.tg_stock__open_tally();

-- Stock is not deleted, does not move, and its counters never change without its version.
-- Few conditions and short column lists, because every UPDATE of the row evaluates them.
create or replace trigger _300_refuse_change
  before update on apartado.stock
  for each row
  when (new.version <= old.version)
  execute function apartado.tg_any__refuse_change('item');

create or replace trigger _305_refuse_move
  before update of stock_id, item_id, location_id on apartado.stock
  for each row
  execute function apartado.tg_any__refuse_change('item');

create or replace trigger _307_refuse_used_tickets
  before update of next_ticket on apartado.stock
  for each row
  when (new.next_ticket < old.next_ticket)
  execute function apartado.tg_any__refuse_change('item');

create or replace trigger _310_refuse_delete
  before delete on apartado.stock
  for each row
  execute function apartado.tg_any__refuse_change('item');

create or replace trigger _320_refuse_truncate
  before truncate on apartado.stock
  for each statement
  execute function apartado.tg_any__refuse_change('item');

-- Paranoid triggers: at commit, what functions counted in stock and what triggers counted in stock_tallies must agree.
-- They read both rows again, because NEW is the row as it was at the event, and a transaction may go on from there.
-- SECURITY DEFINER, because a deferred trigger would run as whoever commits. A policy may switch them off (paranoia).
-- Under `set constraints all immediate` they run at the end of the statement: so statements write the rows first (an aggregate
-- over a CTE completes it) and stock last.
-- The triggers that count rows (of reservations, queue entries and purchases) compare as well, when their statement ends.
-- That is enough for the hot statement of reserve, which sets vouched_version and so skips the deferred check. A difference that
-- no deferred check would look at (this version was compared before, was vouched for, or is older than the transaction) makes
-- the tally suspect, and a suspect one is compared at the commit (triggers/stock_tallies.sql).

create or replace function apartado.tg_stock__refuse_disagreement()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_facts jsonb;
begin
  if exists (
    select
      from apartado.stock s
      join apartado.stock_tallies t on t.stock_id = s.stock_id
     where s.stock_id = new.stock_id
       and (s.reserved = t.reserved and s.sold = t.sold and s.queue_length = t.queue_length or not s.paranoia)
  ) then
    return null;
  end if;

  select jsonb_build_object('stock_id', s.stock_id,
           'reserved', s.reserved, 'reserved_in_rows', t.reserved,
           'sold', s.sold, 'sold_in_rows', t.sold,
           'queue_length', s.queue_length, 'queue_length_in_rows', t.queue_length)
    into v_facts
    from apartado.stock s
    left join apartado.stock_tallies t on t.stock_id = s.stock_id
   where s.stock_id = new.stock_id;

  perform apartado._refuse('RS312/by_hand', 'item', v_facts);
  return null;
end;
$$;

comment on function apartado.tg_stock__refuse_disagreement() is 'At commit the counters of a stock row agree with its rows, or nothing is committed.';

drop trigger if exists _330_refuse_disagreement_insert on apartado.stock;
create constraint trigger _330_refuse_disagreement_insert
  after insert on apartado.stock
  deferrable initially deferred
  for each row
  execute function apartado.tg_stock__refuse_disagreement();

drop trigger if exists _340_refuse_disagreement_update on apartado.stock;
create constraint trigger _340_refuse_disagreement_update
  after update of reserved, sold, queue_length on apartado.stock
  deferrable initially deferred
  for each row
  when (new.version <> new.vouched_version and new.paranoia)
  execute function apartado.tg_stock__refuse_disagreement();

-- Low stock: told once when the free units fall to the policy's low_stock, and once when they rise above it again. At the
-- commit, because what counts is how a transaction leaves the row: a unit that came free and went to the next in line was
-- never on the shelf. The tally says how the last one left it.

create or replace function apartado.tg_stock__note_level()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update apartado.stock_tallies t
     set low = coalesce(new.available <= new.low_stock, false)
   where t.stock_id = new.stock_id;
  return null;
end;
$$;

comment on function apartado.tg_stock__note_level() is 'With another low_stock there is another level; that is no change of stock, and is not told.';

create or replace trigger _420_note_level
  after update of low_stock on apartado.stock
  for each row
  when (old.low_stock is distinct from new.low_stock)
  execute function apartado.tg_stock__note_level();

create or replace function apartado.tg_stock__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.events (kind, stock_id, available, reserved, sold, queue_length, version, details, at)
  values ('stock.changed', new.stock_id, new.available, new.reserved, new.sold, new.queue_length, new.version,
          jsonb_strip_nulls(jsonb_build_object('delta', new.total - case when tg_op = 'UPDATE' then old.total else 0 end,
                                               'reason', nullif(current_setting('apartado.reason', true), ''))),
          apartado.clock());
  return null;
end;
$$;

comment on function apartado.tg_stock__record() is 'Tells stock.changed: units that came or went other than by a sale.';

-- also of an empty row: while this first event is there, nothing of the row's history was purged
create or replace trigger _500_record_insert
  after insert on apartado.stock
  for each row
  execute function apartado.tg_stock__record();

create or replace trigger _510_record_update
  after update of total on apartado.stock
  for each row
  when (old.total <> new.total)
  execute function apartado.tg_stock__record();

create or replace function apartado.tg_stock__record_level()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock apartado.stock;
  v_last  record;
begin
  select s.* into v_stock from apartado.stock s where s.stock_id = new.stock_id;
  update apartado.stock_tallies t
     set low = not t.low
   where t.stock_id = v_stock.stock_id
     and t.low <> coalesce(v_stock.available <= v_stock.low_stock, false);
  if found then
    -- told as the deed of whoever changed the row last in this transaction: one call may act for several people
    select e.actor, e.session_id
      into v_last
      from apartado.events e
     where e.stock_id = v_stock.stock_id
       and age(e.xmin) <= 0
     order by e.event_id desc
     limit 1;
    insert into apartado.events (kind, stock_id, actor, session_id, available, reserved, sold, queue_length, version, details, at)
    values (case when v_stock.available <= v_stock.low_stock then 'stock.low' else 'stock.recovered' end,
            v_stock.stock_id, coalesce(v_last.actor, 'role:' || session_user), v_last.session_id,
            v_stock.available, v_stock.reserved, v_stock.sold, v_stock.queue_length, v_stock.version,
            jsonb_build_object('low_stock', v_stock.low_stock), apartado.clock());
  end if;
  return null;
end;
$$;

comment on function apartado.tg_stock__record_level() is 'Tells stock.low and stock.recovered, at the commit.';

drop trigger if exists _520_record_level on apartado.stock;
create constraint trigger _520_record_level
  after update of available on apartado.stock
  deferrable initially deferred
  for each row
  when ((old.available <= new.low_stock) <> (new.available <= new.low_stock)) -- never without a low_stock: null is not true
  execute function apartado.tg_stock__record_level();

create or replace function apartado.tg_stock__record_pause()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.events (kind, stock_id, available, reserved, sold, queue_length, version, details, at)
  values (case when new.queue_paused_at is null then 'queue.continued' else 'queue.paused' end,
          new.stock_id, new.available, new.reserved, new.sold, new.queue_length, new.version,
          jsonb_strip_nulls(jsonb_build_object('reason', coalesce(new.queue_pause_reason, nullif(current_setting('apartado.reason', true), '')))),
          coalesce(new.queue_paused_at, apartado.clock()));
  return null;
end;
$$;

comment on function apartado.tg_stock__record_pause() is 'Tells queue.paused and queue.continued: an operator has a whole queue stand still, or go on.';

create or replace trigger _540_record_pause
  after update of queue_paused_at on apartado.stock
  for each row
  when ((old.queue_paused_at is null) <> (new.queue_paused_at is null))
  execute function apartado.tg_stock__record_pause();
