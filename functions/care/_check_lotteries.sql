-- _check_lotteries: each draw has all its lots, and each lot the place that the seed gives it.
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
  select 'a draw has all its lots', format('drop %s stock %s', w.drop_id, w.stock_id), c.lots || ' lots', w.entries || ' lots',
         format('find out who wrote to lots by hand: select * from apartado.events where kind = ''drop.drawn'' and drop_id = %s', w.drop_id)
    from apartado.draws w
   cross join lateral (select count(*) as lots
                         from apartado.lots l
                        where l.drop_id = w.drop_id and l.stock_id = w.stock_id) c
   where c.lots <> w.entries
   union all
  select 'lots stand where the seed puts them', format('drop %s queue entry %s', y.drop_id, x.queue_entry_id),
         'place ' || x.place, 'place ' || x.expected_place,
         format('find out who wrote to lots by hand: select * from apartado.events where kind = ''queue.ordered'' and stock_id = %s', x.stock_id)
    from apartado.lotteries y
   cross join lateral apartado._lots(y) x
   where x.place <> x.expected_place;
$$;

comment on function apartado._check_lotteries() is 'Each draw has all its lots, and each lot the place that the seed gives it.';
