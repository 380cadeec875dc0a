-- _can_have: whether a member who has nothing of a settled stock row could have so many units of it now.
--
-- Notes   either they are free for those who do not wait, or, where nobody waits, others let theirs go for whoever wants them
create or replace function apartado._can_have(p_stock apartado.stock, p_member_id bigint, p_quantity integer, p_now timestamptz)
  returns boolean
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_stock.queue_length = 0 and p_stock.available < p_quantity and p_now >= p_stock.opens_at then
    return p_stock.available + apartado._yielding(p_stock.stock_id, p_member_id, p_now) >= p_quantity;
  end if;

  return apartado._lets_pass(p_stock, p_quantity, p_now);
end;
$$;

comment on function apartado._can_have(apartado.stock, bigint, integer, timestamptz) is 'Whether a member who has nothing of a settled stock row could have so many units of it now.';
