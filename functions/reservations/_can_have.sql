-- _can_have: whether a member who has nothing of a settled stock row could have so many units of it now.
--
-- Notes   yielding units (release_if_wanted) count as free: where they serve somebody in the queue, settling has used them already
create or replace function apartado._can_have(p_stock apartado.stock, p_member_id bigint, p_quantity integer, p_now timestamptz)
  returns boolean
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock    apartado.stock := p_stock;
  v_yielding integer;
begin
  if p_stock.available < p_quantity and p_stock.reserved > 0 then
    v_yielding := apartado._yielding(p_stock.stock_id, p_member_id, p_now);
    v_stock.available := p_stock.available + v_yielding;
    v_stock.reserved := p_stock.reserved - v_yielding;
  end if;

  return apartado._lets_pass(v_stock, p_quantity, p_now);
end;
$$;

comment on function apartado._can_have(apartado.stock, bigint, integer, timestamptz) is 'Whether a member who has nothing of a settled stock row could have so many units of it now.';
