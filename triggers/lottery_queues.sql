-- Lottery queues: who takes part stays as it was when the lottery was closed.

create or replace trigger _300_refuse_change
  before update or delete or truncate on apartado.lottery_queues
  for each statement
  execute function apartado.tg_any__refuse_change('drop');
