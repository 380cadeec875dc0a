-- Cart lines: what changes in a cart is told to its member, and to operators.

create or replace function apartado.tg_cart_lines__record_insert()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.events (kind, member_id, data, at)
  select 'cart.changed', c.member_id, c.data, apartado.clock()
    from apartado._cart_changes((
           select jsonb_agg(jsonb_build_object('cart_id', n.cart_id, 'stock_id', n.stock_id, 'quantity', n.quantity, 'change', 'added'))
             from new_rows n)) c;
  return null;
end;
$$;

comment on function apartado.tg_cart_lines__record_insert() is 'Tells cart.changed: what was put in.';

create or replace trigger _500_record_insert
  after insert on apartado.cart_lines
  referencing new table as new_rows
  for each statement
  execute function apartado.tg_cart_lines__record_insert();

create or replace function apartado.tg_cart_lines__record_update()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from new_rows) then
    return null; -- few reservations stand in a cart, and each is looked for there when it changes
  end if;

  insert into apartado.events (kind, member_id, data, at)
  select 'cart.changed', c.member_id, c.data, apartado.clock()
    from apartado._cart_changes((
           select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                    'cart_id', n.cart_id, 'stock_id', n.stock_id, 'quantity', n.quantity, 'reason', n.reason,
                    'change', case when n.left_at is not null then 'removed' when o.left_at is not null then 'added' else 'changed' end)))
             from new_rows n
             -- as in triggers/reservations.sql: never a loop within a loop
             full join old_rows o on o.cart_id = n.cart_id and o.stock_id = n.stock_id
            where (n.quantity, n.reservation_id, n.left_at is null) is distinct from (o.quantity, o.reservation_id, o.left_at is null))) c;
  return null;
end;
$$;

comment on function apartado.tg_cart_lines__record_update() is 'Tells cart.changed: what is more or fewer, and what fell out.';

create or replace trigger _510_record_update
  after update on apartado.cart_lines
  referencing old table as old_rows new table as new_rows
  for each statement
  execute function apartado.tg_cart_lines__record_update();

create or replace function apartado.tg_cart_lines__record_delete()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from old_rows) then
    return null; -- as above
  end if;

  insert into apartado.events (kind, member_id, data, at)
  select 'cart.changed', c.member_id, c.data, apartado.clock()
    from apartado._cart_changes((
           select jsonb_agg(jsonb_build_object('cart_id', o.cart_id, 'stock_id', o.stock_id, 'quantity', o.quantity, 'change', 'removed'))
             from old_rows o
            where o.left_at is null)) c;
  return null;
end;
$$;

comment on function apartado.tg_cart_lines__record_delete() is 'Tells cart.changed: what was taken out.';

create or replace trigger _520_record_delete
  after delete on apartado.cart_lines
  referencing old table as old_rows
  for each statement
  execute function apartado.tg_cart_lines__record_delete();
