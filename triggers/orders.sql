-- Orders: never changed, never deleted.

-- What was ordered stays as it was ordered.
create or replace trigger _300_refuse_change
  before update or delete on apartado.orders
  for each row
  execute function apartado.tg_any__refuse_change('order');

create or replace trigger _320_refuse_truncate
  before truncate on apartado.orders
  for each statement
  execute function apartado.tg_any__refuse_change('order');
