-- _cart_fields: the answer of a function about a cart, field by field.
--
-- Gives   the cart; its lines, what they cost in each currency, what happened to them since the owner was told last, and what its
--         checkouts set aside
create or replace function apartado._cart_fields(
  p_answer              jsonb,
  out cart_id           bigint,
  out location          text,
  out lines             jsonb,
  out totals            jsonb,
  out notices           jsonb,
  out checked_out       jsonb,
  out created_at        timestamptz,
  out last_validated_at timestamptz,
  out server_time       timestamptz
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  -- an answer that an older version remembered does not say what was checked out
  select * into cart_id, location, lines, totals, notices, checked_out, created_at, last_validated_at, server_time
    from jsonb_to_record('{"checked_out": []}' || p_answer) as (
      cart_id bigint, location text, lines jsonb, totals jsonb, notices jsonb, checked_out jsonb,
      created_at timestamptz, last_validated_at timestamptz, server_time timestamptz);
end;
$$;

comment on function apartado._cart_fields(jsonb) is 'The answer of a function about a cart, field by field.';
