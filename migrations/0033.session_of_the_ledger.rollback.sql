alter table apartado.events
  alter column session_id set default nullif(current_setting('apartado.session', true), '')::bigint;

comment on column apartado.carts.checked_out is 'The reservations of the last checkout, until something is ordered from the cart. Null: none.';
