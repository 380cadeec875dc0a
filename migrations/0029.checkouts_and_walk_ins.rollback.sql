drop index if exists apartado.carts_merged_into;
drop index if exists apartado.walk_in_entries_of_a_cart;
alter table apartado.carts drop column if exists checked_out;
