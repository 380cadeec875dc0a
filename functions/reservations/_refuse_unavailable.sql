-- _refuse_unavailable: says why units cannot be had now.
--
-- Raises  RS305 sold · RS306 people are waiting, and what is free is theirs · RS301 not enough is available
create or replace function apartado._refuse_unavailable(p_stock apartado.stock, p_quantity integer)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._refuse(
    case
      when p_stock.available + p_stock.reserved = 0 then 'RS305'
      when p_stock.available >= p_quantity then 'RS306'
      else 'RS301'
    end, 'quantity', jsonb_build_object(
      'requested', p_quantity, 'available', p_stock.available, 'reserved', p_stock.reserved, 'queue_length', p_stock.queue_length));
end;
$$;

comment on function apartado._refuse_unavailable(apartado.stock, integer) is 'Says why units cannot be had now.';
