-- _check_lottery: whether the promise of a lottery lets its drop have this opening and these items.
--
-- Raises  RS312 it was drawn, and has them for good: the seed is known · RS204 it would open earlier: who calls that could look
--         at the order, undo it, and know before everybody else
-- Notes   the caller holds the stock rows of the drop, settled
create or replace function apartado._check_lottery(p_drop apartado.drops, p_opens_at timestamptz, p_items bigint[])
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from apartado.lotteries l where l.drop_id = p_drop.drop_id) then
    return;
  elsif exists (select from apartado.draws w where w.drop_id = p_drop.drop_id) then
    if p_opens_at <> p_drop.opens_at then
      perform apartado._refuse('RS312', 'opens_at', jsonb_build_object('drop', p_drop.drop_id));
    elsif p_items <> array(select i.item_id from apartado.items i where i.drop_id = p_drop.drop_id order by i.item_id) then
      perform apartado._refuse('RS312', 'items', jsonb_build_object('drop', p_drop.drop_id));
    end if;
  elsif p_opens_at < p_drop.opens_at then
    perform apartado._refuse('RS204', 'opens_at', jsonb_build_object('first', apartado._utc(p_drop.opens_at)));
  end if;
end;
$$;

comment on function apartado._check_lottery(apartado.drops, timestamptz, bigint[]) is 'Whether the promise of a lottery lets its drop have this opening and these items.';
