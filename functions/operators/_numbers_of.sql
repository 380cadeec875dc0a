-- _numbers_of: the numbers of a stock row, for people to compare.
--
-- Gives   an object: total, available, reserved, sold, queue_length
create or replace function apartado._numbers_of(p_stock apartado.stock)
  returns jsonb
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return jsonb_build_object('total', p_stock.total, 'available', p_stock.available, 'reserved', p_stock.reserved,
                            'sold', p_stock.sold, 'queue_length', p_stock.queue_length);
end;
$$;

comment on function apartado._numbers_of(apartado.stock) is 'The numbers of a stock row, for people to compare.';
