-- _settle_items: makes all stock rows of some items true.
--
-- Gives   how many were promoted
-- Tells   what _settle tells
-- Notes   the caller holds the items (_lock_items)
create or replace function apartado._settle_items(p_items bigint[], p_now timestamptz)
  returns integer
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select f.promoted
      from apartado._settle_all(array(select s.stock_id from apartado.stock s where s.item_id = any (p_items)), p_now) f
  );
end;
$$;

comment on function apartado._settle_items(bigint[], timestamptz) is 'Makes all stock rows of some items true.';
