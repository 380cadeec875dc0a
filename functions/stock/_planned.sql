-- _planned: units that waves will still bring to a stock row.
--
-- Gives   a count
create or replace function apartado._planned(p_stock_id bigint)
  returns integer
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(sum(w.quantity), 0)
      from apartado.waves w
     where w.stock_id = p_stock_id and w.released_at is null
  );
end;
$$;

comment on function apartado._planned(bigint) is 'Units that waves will still bring to a stock row.';
