-- Order lines: never changed, never deleted; an order is told when its lines are written.

-- What was ordered stays as it was ordered.
create or replace trigger _300_refuse_change
  before update or delete on apartado.order_lines
  for each row
  execute function apartado.tg_any__refuse_change('order');

create or replace trigger _320_refuse_truncate
  before truncate on apartado.order_lines
  for each statement
  execute function apartado.tg_any__refuse_change('order');

create or replace function apartado.tg_order_lines__record_insert()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.events (kind, member_id, data, details, at)
  select 'order.placed', o.member_id,
         jsonb_strip_nulls(jsonb_build_object('order_id', o.order_id, 'cart_id', o.cart_id, 'location', l.code, 'lines', n.lines, 'totals', n.totals, 'purchases', n.purchases)),
         jsonb_strip_nulls(jsonb_build_object('reference', o.reference)), o.placed_at
    from (select w.order_id, count(*) as lines, array_agg(w.purchase_id order by w.line) as purchases,
                 apartado._totals(jsonb_agg(jsonb_build_object('currency', w.currency, 'price', w.price, 'quantity', w.quantity))) as totals
            from new_rows w
           group by w.order_id) n
    -- an index look-up for each order, see _cart_lines
   cross join lateral (select x.* from apartado.orders x where x.order_id = n.order_id offset 0) o
    join apartado.locations l on l.location_id = o.location_id;
  return null;
end;
$$;

comment on function apartado.tg_order_lines__record_insert() is 'Tells order.placed, to the buyer and to operators.';

create or replace trigger _500_record_insert
  after insert on apartado.order_lines
  referencing new table as new_rows
  for each statement
  execute function apartado.tg_order_lines__record_insert();
