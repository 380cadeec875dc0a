drop function if exists apartado._rules(bigint, bigint);
drop function if exists apartado._spread_ranks(apartado.stock, text, bigint);
drop function if exists apartado.create_drop(text, text, bigint[], timestamptz, timestamptz, text, boolean, text);
drop function if exists apartado.list_drops(text, text);
drop function if exists apartado.draw_lotteries();
drop function if exists apartado.draw_lottery(text, bigint);
drop function if exists apartado.verify_lottery(text, bigint, bigint, text, integer, integer);

alter table apartado.stock
  drop column if exists draws_at;

drop table if exists apartado.lottery_lots;
drop table if exists apartado.lottery_queues;
drop table if exists apartado.lotteries;
