-- _check_lotteries: the lots of each draw stand in the order of the seed, place after place.
--
-- Gives   a row for each breach, as check_consistency
create or replace function apartado._check_lotteries()
  returns table (
    rule     text,
    subject  text,
    found    text,
    expected text,
    repair   text
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select 'lots stand where the seed puts them', format('drop %s queue entry %s', y.drop_id, x.queue_entry_id),
         format('place %s, lot %s', x.place, x.lot), 'a higher lot than the place before',
         format('find out who wrote to lots by hand: select * from apartado.events where kind = ''queue.ordered'' and stock_id = %s', c.stock_id)
    from apartado.lotteries y
    join apartado.lottery_queues c on c.drop_id = y.drop_id
   cross join lateral apartado._lots(y.drop_id, c.stock_id, y.seed, 0, 2147483647) x
   where not x.is_right
   union all
  select 'a draw has all its lots', format('drop %s stock %s', c.drop_id, c.stock_id), n.lots || ' lots', 'up to place ' || n.last,
         format('find out who wrote to lots by hand: select * from apartado.events where kind = ''drop.drawn'' and drop_id = %s', c.drop_id)
    from apartado.lottery_queues c
   cross join lateral (select count(*) as lots, coalesce(max(l.place), 0) as last
                         from apartado.lottery_lots l
                        where l.drop_id = c.drop_id and l.stock_id = c.stock_id) n
   where n.lots <> n.last;
$$;

comment on function apartado._check_lotteries() is 'The lots of each draw stand in the order of the seed, place after place.';
