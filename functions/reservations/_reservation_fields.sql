-- _reservation_fields: the answer of a function that changes a reservation, field by field.
--
-- Gives   the reservation; extensions_left: how often it may still be extended, if time and those who wait allow it;
--         transferred_to: the receiver's reservation
create or replace function apartado._reservation_fields(
  p_answer             jsonb,
  out reservation_id   bigint,
  out item_id          bigint,
  out location         text,
  out quantity         integer,
  out status           text,
  out price            numeric,
  out currency         text,
  out reserved_at      timestamptz,
  out expires_at       timestamptz,
  out extensions       integer,
  out extensions_left  integer,
  out payment_began_at timestamptz,
  out yields           boolean,
  out reason           text,
  out transferred_to   bigint,
  out server_time      timestamptz
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  select * into reservation_id, item_id, location, quantity, status, price, currency, reserved_at, expires_at, extensions,
                extensions_left, payment_began_at, yields, reason, transferred_to, server_time
    from jsonb_to_record(p_answer) as (
      reservation_id bigint, item_id bigint, location text, quantity integer, status text, price numeric, currency text,
      reserved_at timestamptz, expires_at timestamptz, extensions integer, extensions_left integer,
      payment_began_at timestamptz, yields boolean, reason text, transferred_to bigint, server_time timestamptz);
end;
$$;

comment on function apartado._reservation_fields(jsonb) is 'The answer of a function that changes a reservation, field by field.';
