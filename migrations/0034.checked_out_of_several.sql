-- depends: 0033.session_of_the_ledger
-- A second checkout keeps what the first one set aside.

comment on column apartado.carts.checked_out is 'The reservations of its checkouts that are still held, until something is ordered from the cart. Null: none.';
