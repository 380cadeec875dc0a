-- depends: 0028.cart_news
-- What a cart's last checkout set aside, so that it can be ordered; and the way from somebody's carts to their places in the line.

alter table apartado.carts
  add column if not exists checked_out bigint[];

comment on column apartado.carts.checked_out is 'The reservations of the last checkout, until something is ordered from the cart. Null: none.';

create index if not exists walk_in_entries_of_a_cart on apartado.walk_in_entries (cart_id, ticket);
create index if not exists carts_merged_into on apartado.carts (merged_into) where merged_into is not null;
