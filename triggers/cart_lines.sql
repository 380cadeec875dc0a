-- Cart lines: what their owner knows is noted, what changes in a cart is told to its member, and to operators, and what is new is
-- looked at once more after the commit (validate_carts).

create or replace function apartado.tg_cart_lines__fill_in()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_seqscan = off
  set jit = off
as $$
declare
  v_code text;
begin
  select apartado._line_code(s, m.member_id, m.class_id, new.quantity, apartado.clock())
    into v_code
    from apartado.carts c
    join apartado.members m on m.member_id = c.member_id
    join apartado.stock s on s.stock_id = new.stock_id
   where c.cart_id = new.cart_id
     and c.status = 'active';
  if found then
    new.told_price := new.seen_price;
    -- who waits for it does so because it cannot be had
    new.told_state := coalesce(apartado._line_state(v_code), case v_code when 'RS303' then 'unavailable' else 'available' end);
  end if;
  return new;
end;
$$;

comment on function apartado.tg_cart_lines__fill_in() is 'Notes how the item stood when it was put in: its owner was shown that.';

create or replace trigger _100_fill_in
  before insert or update of quantity on apartado.cart_lines
  for each row
  when (new.reservation_id is null)
  execute function apartado.tg_cart_lines__fill_in();

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
  insert into apartado.cart_looks (stock_id, cart_id)
  select n.stock_id, n.cart_id
    from new_rows n
   where n.told_state is not null;
  return null;
end;
$$;

comment on function apartado.tg_cart_lines__record_insert() is 'Tells cart.changed: what was put in. Has it looked at once more.';

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
                    'change', case when n.left_at is not null then 'removed' when o.left_at is not null then 'added' when t.news then 'news' else 'changed' end,
                    'state', case when t.news then n.told_state end,
                    'price', case when t.news and n.told_state <> 'hidden' then n.told_price::text end,
                    'price_before', case when t.news and t.price is distinct from n.told_price then t.price::text end)))
             from new_rows n
             -- full join, so never a nested loop (see triggers/reservations.sql)
             full join old_rows o on o.cart_id = n.cart_id and o.stock_id = n.stock_id
            cross join lateral (select n.times_told <> o.times_told as news,
                                       case when o.told_state is null then o.seen_price else o.told_price end as price) t
            where t.news or (n.quantity, n.reservation_id, n.left_at is null) is distinct from (o.quantity, o.reservation_id, o.left_at is null))) c;

  insert into apartado.cart_looks (stock_id, cart_id)
  select b.stock_id, b.cart_id
    from (select n.stock_id, n.cart_id,
                 n.told_state is not null and n.reservation_id is null and n.times_told = o.times_told
                 and (n.quantity, n.reservation_id, n.told_state, n.told_price) is distinct from (o.quantity, o.reservation_id, o.told_state, o.told_price) as is_new
            from new_rows n
            full join old_rows o on o.cart_id = n.cart_id and o.stock_id = n.stock_id
          -- offset 0: otherwise the condition outside turns the full join into one that may be a nested loop
          offset 0) b
   where b.is_new;
  return null;
end;
$$;

comment on function apartado.tg_cart_lines__record_update() is 'Tells cart.changed: what is more or fewer, what fell out, and news of what is in. What was put in or shown is looked at once more.';

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
