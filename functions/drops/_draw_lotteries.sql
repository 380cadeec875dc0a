-- _draw_lotteries: closes lotteries that have opened, or draws those that were closed before.
--
-- Gives   how many were closed, how many drawn, and how many of those who waited were promoted
-- Locks   the gates of the rules, the stock rows of their items by id, the wishes of those who wait there
-- Tells   queue.ordered, drop.drawn with the reason and what _settle tells
-- Notes   closed in one transaction, drawn in another that sees it committed. In a single one somebody could draw, look at the
--         order and roll back, and join and leave until it suits them; after the closing all that anybody can do is to leave.
--         What has not opened, or was drawn, is left alone. While the gates are closed no drop moves, and no item comes to one
create or replace function apartado._draw_lotteries(
  p_drop_ids   bigint[],
  p_reason     text,
  out closed   integer,
  out drawn    integer,
  out promoted integer
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_now     timestamptz;
  v_items   bigint[];
  v_lottery record;
begin
  closed := 0;
  drawn := 0;
  perform apartado._close_gates();
  v_items := array(select i.item_id from apartado.items i where i.drop_id = any (p_drop_ids));
  perform apartado._lock_items(v_items);
  v_now := apartado.clock();
  promoted := apartado._settle_items(v_items, v_now);

  for v_lottery in
    select l.drop_id, l.seed, l.closed_at, apartado._is_older(l.xmin) as is_committed
      from apartado.lotteries l
      join apartado.drops d on d.drop_id = l.drop_id
     where l.drop_id = any (p_drop_ids) and l.drawn_at is null and d.opens_at <= v_now
     order by l.drop_id
  loop
    if v_lottery.closed_at is null then
      insert into apartado.lottery_queues (drop_id, stock_id, next_ticket)
      select s.drop_id, s.stock_id, s.next_ticket from apartado.stock s where s.drop_id = v_lottery.drop_id;
      update apartado.lotteries l set closed_at = v_now where l.drop_id = v_lottery.drop_id;
      closed := closed + 1;
    elsif v_lottery.is_committed then
      perform apartado._draw(v_lottery.drop_id, v_lottery.seed);
      perform apartado._say_why(p_reason);
      update apartado.lotteries l set drawn_at = greatest(v_now, l.closed_at) where l.drop_id = v_lottery.drop_id;
      perform apartado._say_why(null);
      drawn := drawn + 1;
    end if;
  end loop;

  if drawn > 0 then
    promoted := promoted + apartado._settle_items(v_items, v_now);
  end if;
end;
$$;

comment on function apartado._draw_lotteries(bigint[], text) is 'Closes lotteries that have opened, or draws those that were closed before.';
