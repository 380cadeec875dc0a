-- Triggers of items.
--   _100_price   gives the price the digits of its currency
--   _110_search  keeps the search words
--   _200_pass_gate  comes under other rules while nobody changes them
--   _300_, _310_ refuse deletion
--   _400_carry_rules  brings price, visibility and policy to the stock rows
--   _500_record  tells item.changed, or item.hidden when nobody else is to see it any more

create or replace function apartado.tg_items__price()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.price := apartado._rounded(new.price, new.currency);
  return new;
end;
$$;

comment on function apartado.tg_items__price() is 'Gives the price the digits of its currency.';

create or replace trigger _100_price
  before insert or update of price, currency on apartado.items
  for each row
  execute function apartado.tg_items__price();

create or replace function apartado.tg_items__search()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.search := apartado._search_of(new);
  return new;
end;
$$;

comment on function apartado.tg_items__search() is 'Keeps the words by which find_items finds the item.';

-- artists and labels are in tables of their own, whose triggers do the same
create or replace trigger _110_search
  before insert or update of sku, title, condition, country, styles, genres on apartado.items
  for each row
  execute function apartado.tg_items__search();

-- before any row is locked
create or replace trigger _200_pass_gate
  before update of policy_id, drop_id on apartado.items
  for each statement
  execute function apartado.tg_any__pass_gate();

-- Items are hidden, never deleted: people's history hangs on them.
create or replace trigger _300_refuse_delete
  before delete on apartado.items
  for each row
  execute function apartado.tg_any__refuse_change('item');

create or replace trigger _310_refuse_truncate
  before truncate on apartado.items
  for each statement
  execute function apartado.tg_any__refuse_change('item');

create or replace function apartado.tg_items__carry_rules()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._carry_rules(array[new.item_id]);
  return null;
end;
$$;

comment on function apartado.tg_items__carry_rules() is 'Carries a changed price, visibility or policy to the stock rows of the item.';

create or replace trigger _400_carry_rules
  after update on apartado.items
  for each row
  when ((old.visible, old.for_sale, old.price, old.currency, old.policy_id, old.restock, old.drop_id) is distinct from
        (new.visible, new.for_sale, new.price, new.currency, new.policy_id, new.restock, new.drop_id))
  execute function apartado.tg_items__carry_rules();

create or replace function apartado.tg_items__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_details jsonb;
begin
  select jsonb_object_agg(n.key, jsonb_build_array(o.value, n.value))
    into v_details
    from jsonb_each(to_jsonb(new) - '{search,changed_at}'::text[]) n
    join jsonb_each(to_jsonb(old)) o on o.key = n.key
   where o.value <> n.value;

  -- put_items has locked these rows already; an update by hand has not, and would tell counters of before another commit
  perform s.stock_id
     from apartado.stock s
    where s.item_id = new.item_id
    order by s.stock_id
      for no key update;

  -- drop_id: who watches a drop is told of what leaves it, too; of what goes straight into another, who watches that one is told
  insert into apartado.events (kind, stock_id, drop_id, available, reserved, sold, queue_length, version, details, at)
  select case when old.visible and not new.visible then 'item.hidden' else 'item.changed' end, s.stock_id,
         case when new.drop_id is null then old.drop_id end, s.available, s.reserved, s.sold, s.queue_length, s.version,
         coalesce(v_details, '{}')
         || jsonb_strip_nulls(jsonb_build_object('reason', nullif(current_setting('apartado.reason', true), ''))), new.changed_at
    from apartado.stock s
   where s.item_id = new.item_id
   order by s.stock_id;
  return null;
end;
$$;

comment on function apartado.tg_items__record() is 'Tells item.changed, or item.hidden, for each stock row of the item; details: the changed columns with their old and new value, and the reason if there is one.';

create or replace trigger _500_record
  after update on apartado.items
  for each row
  when (to_jsonb(old) - 'search' is distinct from to_jsonb(new) - 'search')
  execute function apartado.tg_items__record();
