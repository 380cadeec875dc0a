-- draw_lottery: draw the queues of a lottery that has opened, and serve them.
--
-- Gives   the seed with the hash that was shown before, how many lots there are, and how many of those who waited were promoted
-- Raises  RS106 no such drop · RS307 it has not opened yet · RS312 it draws no lots
-- Locks   the stock rows of the drop by id, the wishes of those who wait there
-- Tells   drop.drawn for each stock row, and what becomes of those who wait
-- Notes   nobody has to call it: whoever comes first after the opening has a queue drawn, and the job does. It draws those that
--         nobody came to yet; what was drawn stays drawn, and a second call gives the same.
create or replace function apartado.draw_lottery(
  p_actor         text,
  p_drop          bigint,
  out drop_id     bigint,
  out seed_hash   text,
  out seed        text,
  out lots        bigint,
  out promoted    bigint,
  out server_time timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_lottery   apartado.lotteries;
  v_stock_ids bigint[];
begin
  perform apartado._operator(p_actor);
  v_lottery := apartado._lottery(p_drop);

  v_stock_ids := array(select s.stock_id from apartado.stock s where s.drop_id = p_drop);
  perform apartado._lock_stocks(v_stock_ids);
  server_time := apartado.clock();
  promoted := (select f.promoted from apartado._settle_all(v_stock_ids, server_time) f);

  drop_id := p_drop;
  seed_hash := v_lottery.seed_hash;
  seed := v_lottery.seed;
  lots := (select count(*) from apartado.lots l where l.drop_id = p_drop);
end;
$$;

comment on function apartado.draw_lottery(text, bigint) is 'Draw the queues of a lottery that has opened, and serve them. Nobody has to: the first who comes has them drawn. Example: select * from apartado.draw_lottery(null, 2)';

grant execute on function apartado.draw_lottery to apartado_api, apartado_operator;
