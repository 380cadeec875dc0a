drop table if exists apartado.walk_in_entries;
drop table if exists apartado.walk_in_queues;
drop table if exists apartado.order_lines;
drop table if exists apartado.orders;
drop table if exists apartado.cart_lines;
drop table if exists apartado.carts;

alter table apartado.locations
  drop constraint if exists location_phone_is_digits,
  drop column if exists phone;

alter table apartado.policies
  drop constraint if exists policy_default_says_what_carts_are,
  drop constraint if exists policy_cart_is_known,
  drop column if exists cart;
