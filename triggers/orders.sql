-- Orders: never changed, never deleted.

create or replace function apartado.tg_orders__refuse_change()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._refuse('RS312/by_hand', 'order', jsonb_build_object('table', tg_table_name, 'operation', tg_op));
  return null;
end;
$$;

comment on function apartado.tg_orders__refuse_change() is 'What was ordered stays as it was ordered.';

create or replace trigger _300_refuse_change
  before update or delete on apartado.orders
  for each row
  execute function apartado.tg_orders__refuse_change();

create or replace trigger _320_refuse_truncate
  before truncate on apartado.orders
  for each statement
  execute function apartado.tg_orders__refuse_change();
