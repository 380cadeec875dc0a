-- _wanted_of_yielding: how many units those who wait would have of reservations whose holders let them go.
--
-- Gives   a count, beside what is free; 0 where they do not help: nobody would be served with them
-- Notes   asked of a settled row: nobody can be served with what is free alone
create or replace function apartado._wanted_of_yielding(p_stock apartado.stock, p_now timestamptz)
  returns integer
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_yielding integer;
begin
  if p_stock.queue_length = 0 or p_stock.reserved = 0 then
    return 0;
  end if;
  v_yielding := apartado._yielding(p_stock.stock_id, null, p_now);
  if v_yielding = 0 then
    return 0;
  end if;

  return (
    select greatest(coalesce(sum(n.units), 0) - p_stock.available, 0)
      from apartado._next_in_line(p_stock, p_stock.available + v_yielding, p_now) n
  );
end;
$$;

comment on function apartado._wanted_of_yielding(apartado.stock, timestamptz) is 'How many units those who wait would have of reservations whose holders let them go.';
