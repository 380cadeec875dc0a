-- _close_merged: closes carts whose lines went into others.
--
-- Tells   cart.changed
-- Notes   the caller holds the carts
create or replace function apartado._close_merged(p_pairs jsonb, p_now timestamptz)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from apartado.cart_lines l
   using jsonb_to_recordset(p_pairs) as p (from_id bigint)
   where l.cart_id = p.from_id;

  update apartado.carts c
     set status = 'merged', closed_at = p_now, merged_into = p.into_id
    from jsonb_to_recordset(p_pairs) as p (from_id bigint, into_id bigint)
   where c.cart_id = p.from_id;
end;
$$;

comment on function apartado._close_merged(jsonb, timestamptz) is 'Closes carts whose lines went into others.';
