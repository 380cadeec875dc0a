-- Purchases: never deleted, and never changed but for what of them is undone; every one is counted twice and told once.

-- A sale stays as it was recorded; what of it was undone grows, and nothing else.
create or replace trigger _300_refuse_change
  before update on apartado.purchases
  for each row
  when (new.undone <= old.undone
        or (old.purchase_id, old.reservation_id, old.stock_id, old.member_id, old.quantity, old.price, old.currency, old.reference,
            old.notes, old.purchased_at)
           is distinct from
           (new.purchase_id, new.reservation_id, new.stock_id, new.member_id, new.quantity, new.price, new.currency, new.reference,
            new.notes, new.purchased_at))
  execute function apartado.tg_any__refuse_change('purchase');

create or replace trigger _310_refuse_delete
  before delete on apartado.purchases
  for each row
  execute function apartado.tg_any__refuse_change('purchase');

create or replace trigger _320_refuse_truncate
  before truncate on apartado.purchases
  for each statement
  execute function apartado.tg_any__refuse_change('purchase');

create or replace function apartado.tg_purchases__record_insert()
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
  with counted as (
    update apartado.stock_tallies t
       set sold = t.sold + n.units,
           version = s.version,
           suspect = s.sold <> t.sold + n.units and (s.version in (t.version, s.vouched_version) or age(s.xmin) > 0)
      from apartado.stock s, (
        select w.stock_id, sum(w.quantity)::integer as units
          from new_rows w
         group by w.stock_id
      ) n
     where s.stock_id = n.stock_id and t.stock_id = n.stock_id
    returning s.stock_id, s.available, s.reserved, s.sold, s.queue_length, s.version
  )
  insert into apartado.events (kind, stock_id, member_id, available, reserved, sold, queue_length, version, data, details, at)
  select 'purchase.created', n.stock_id, n.member_id, c.available, c.reserved, c.sold, c.queue_length, c.version,
         jsonb_strip_nulls(jsonb_build_object('purchase_id', n.purchase_id, 'reservation_id', n.reservation_id,
                                              'quantity', n.quantity, 'price', n.price::text, 'currency', n.currency)),
         jsonb_strip_nulls(jsonb_build_object('reference', n.reference, 'notes', n.notes,
                                              'reason', nullif(current_setting('apartado.reason', true), ''))),
         n.purchased_at
    from new_rows n
    -- full join, so never a nested loop (see triggers/reservations.sql)
    full join counted c on c.stock_id = n.stock_id
   where coalesce(c.stock_id = n.stock_id, false);
  return null;
end;
$$;

comment on function apartado.tg_purchases__record_insert() is 'Counts the units sold and tells purchase.created.';

create or replace trigger _500_record_insert
  after insert on apartado.purchases
  referencing new table as new_rows
  for each statement
  execute function apartado.tg_purchases__record_insert();

create or replace function apartado.tg_purchases__record_update()
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
  with counted as (
    update apartado.stock_tallies t
       set sold = t.sold - n.units,
           version = s.version,
           suspect = s.sold <> t.sold - n.units and (s.version in (t.version, s.vouched_version) or age(s.xmin) > 0)
      from apartado.stock s, (
        select w.stock_id, sum(w.undone - o.undone)::integer as units
          from new_rows w
          join old_rows o on o.purchase_id = w.purchase_id
         group by w.stock_id
      ) n
     where s.stock_id = n.stock_id and t.stock_id = n.stock_id
    returning s.stock_id, s.available, s.reserved, s.sold, s.queue_length, s.version
  )
  insert into apartado.events (kind, stock_id, member_id, available, reserved, sold, queue_length, version, data, at)
  select 'purchase.undone', n.stock_id, n.member_id, c.available, c.reserved, c.sold, c.queue_length, c.version,
         jsonb_strip_nulls(jsonb_build_object('purchase_id', n.purchase_id, 'reservation_id', n.reservation_id,
                                              'quantity', n.undone - o.undone, 'remaining', n.quantity - n.undone,
                                              'reason', n.undo_reason)),
         n.undone_at
    from new_rows n
    join old_rows o on o.purchase_id = n.purchase_id
    join counted c on c.stock_id = n.stock_id;
  return null;
end;
$$;

comment on function apartado.tg_purchases__record_update() is 'Counts the units that came back and tells purchase.undone.';

create or replace trigger _510_record_update
  after update on apartado.purchases
  referencing old table as old_rows new table as new_rows
  for each statement
  execute function apartado.tg_purchases__record_update();
