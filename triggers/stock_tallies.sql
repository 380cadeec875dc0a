-- Stock tallies: the second book is neither deleted nor emptied; one that is suspect, or written by hand, is compared with the first at the commit.

create or replace trigger _310_refuse_delete
  before delete on apartado.stock_tallies
  for each row
  execute function apartado.tg_any__refuse_change('item');

create or replace trigger _320_refuse_truncate
  before truncate on apartado.stock_tallies
  for each statement
  execute function apartado.tg_any__refuse_change('item');

drop trigger if exists _340_refuse_disagreement_update on apartado.stock_tallies;
create constraint trigger _340_refuse_disagreement_update
  after update on apartado.stock_tallies
  deferrable initially deferred
  for each row
  when (new.suspect or pg_trigger_depth() = 0)
  execute function apartado.tg_stock__refuse_disagreement();
