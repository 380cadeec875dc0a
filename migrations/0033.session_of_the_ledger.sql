-- depends: 0032.message_variants
-- Only the service says in which session something was done: a login of the database could set apartado.session to anybody's.

alter table apartado.events
  alter column session_id set default case
    when pg_has_role(session_user, 'apartado_api', 'usage') then nullif(current_setting('apartado.session', true), '')::bigint
  end;

-- And a second checkout keeps what the first one set aside.
comment on column apartado.carts.checked_out is 'The reservations of its checkouts that are still held, until something is ordered from the cart. Null: none.';
