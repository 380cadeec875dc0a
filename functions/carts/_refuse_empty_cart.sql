-- _refuse_empty_cart: says that nothing is in a cart, or that there is none.
--
-- Raises  RS105, with lines: 0 where the cart is there
create or replace function apartado._refuse_empty_cart(p_cart_id bigint, p_column text)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._refuse('RS105', p_column, jsonb_build_object('cart', p_cart_id)
                                              || case when p_cart_id is not null then '{"lines": 0}' else '{}' end::jsonb);
end;
$$;

comment on function apartado._refuse_empty_cart(bigint, text) is 'Says that nothing is in a cart, or that there is none.';
