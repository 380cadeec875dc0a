-- _lottery: the lottery of a drop.
--
-- Gives   its seed, secret until it was drawn, and the hash of that
-- Raises  RS106 no such drop · RS312 it draws no lots · RS307 it has not opened yet
create or replace function apartado._lottery(p_drop bigint)
  returns apartado.lotteries
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_lottery  apartado.lotteries;
  v_opens_at timestamptz := (select d.opens_at from apartado.drops d where d.drop_id = p_drop);
begin
  select l.* into v_lottery from apartado.lotteries l where l.drop_id = p_drop;
  if v_opens_at is null then
    perform apartado._refuse('RS106', 'drop', jsonb_build_object('drop', p_drop));
  elsif v_lottery.drop_id is null then
    perform apartado._refuse('RS312', 'drop', jsonb_build_object('drop', p_drop, 'lottery', false));
  elsif v_opens_at > apartado.clock() then
    perform apartado._refuse('RS307', 'drop', jsonb_build_object('drop', p_drop, 'opens_at', apartado._utc(v_opens_at)));
  end if;
  return v_lottery;
end;
$$;

comment on function apartado._lottery(bigint) is 'The lottery of a drop.';
