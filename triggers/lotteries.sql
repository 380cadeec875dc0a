-- Lotteries: their seed stays the one whose hash was shown.

create or replace trigger _300_refuse_change
  before update or delete or truncate on apartado.lotteries
  for each statement
  execute function apartado.tg_draws__refuse_change();
