-- Lots: what the seed gave stays.

create or replace trigger _300_refuse_change
  before update or delete or truncate on apartado.lottery_lots
  for each statement
  execute function apartado.tg_any__refuse_change('drop');
