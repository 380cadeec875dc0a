-- _lets_pass: whether somebody who does not wait could have so many units of a settled stock row now.
--
-- Notes   with nobody in the queue whatever is free is theirs. Otherwise they may pass only those who cannot be served: the
--         suspended and the barred, and under the policy fit those who want more than is free.
create or replace function apartado._lets_pass(p_stock apartado.stock, p_quantity integer, p_now timestamptz)
  returns boolean
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_stock.available < p_quantity or p_now < p_stock.opens_at then
    return false;
  elsif p_stock.queue_length = 0 then
    return true;
  end if;

  return exists (
    select
      from apartado._next_in_line(p_stock, p_stock.available, p_now, p_newcomer => p_quantity) n
     where n.queue_entry_id is null
  );
end;
$$;

comment on function apartado._lets_pass(apartado.stock, integer, timestamptz) is 'Whether somebody who does not wait could have so many units of a settled stock row now.';
