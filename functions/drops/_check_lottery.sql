-- _check_lottery: whether there is a lottery of a drop, and it has opened.
--
-- Raises  RS106 no such drop · RS312 it draws no lots · RS307 it has not opened yet
create or replace function apartado._check_lottery(p_drop bigint)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_opens_at timestamptz := (select d.opens_at from apartado.drops d where d.drop_id = p_drop);
begin
  if v_opens_at is null then
    perform apartado._refuse('RS106', 'drop', jsonb_build_object('drop', p_drop));
  elsif not exists (select from apartado.lotteries l where l.drop_id = p_drop) then
    perform apartado._refuse('RS312/not_drawn', 'drop', jsonb_build_object('drop', p_drop, 'lottery', false));
  elsif v_opens_at > apartado.clock() then
    perform apartado._refuse('RS307', 'drop', jsonb_build_object('drop', p_drop, 'opens_at', apartado._utc(v_opens_at)));
  end if;
end;
$$;

comment on function apartado._check_lottery(bigint) is 'Whether there is a lottery of a drop, and it has opened.';
