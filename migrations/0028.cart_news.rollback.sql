drop table if exists apartado.cart_looks;
drop table if exists apartado.cart_watch;
drop index if exists apartado.cart_lines_that_hold_nothing;
drop trigger if exists _100_fill_in on apartado.cart_lines;
alter table apartado.cart_lines
  drop constraint if exists cart_line_told_state_is_known,
  drop column if exists times_told,
  drop column if exists told_state,
  drop column if exists told_price;
