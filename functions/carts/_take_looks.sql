-- _take_looks: takes the next lines to look at off the list, the oldest first.
--
-- Gives   p_limit of them at most, each once
-- Notes   an item that is in more carts goes on where it stopped. The caller holds the row of cart_watch
create or replace function apartado._take_looks(p_limit integer)
  returns table (
    cart_id  bigint,
    stock_id bigint
  )
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_look   apartado.cart_looks;
  v_carts  bigint[];
  v_some   bigint[];
  v_stocks bigint[];
  v_left   integer := p_limit;
begin
  for v_look in
    select k.* from apartado.cart_looks k order by k.look_id limit p_limit
  loop
    exit when v_left = 0;
    if v_look.cart_id is null then
      v_some := array(
        select l.cart_id
          from apartado.cart_lines l
         where l.stock_id = v_look.stock_id and l.cart_id > v_look.after_cart and l.reservation_id is null
         order by l.cart_id
         limit v_left);
    else
      v_some := array[v_look.cart_id];
    end if;

    v_left := v_left - cardinality(v_some);
    v_carts := v_carts || v_some;
    v_stocks := v_stocks || array_fill(v_look.stock_id, array[cardinality(v_some)]);
    if v_look.cart_id is null and v_left = 0 then
      update apartado.cart_looks k set after_cart = v_some[cardinality(v_some)] where k.look_id = v_look.look_id;
    else
      delete from apartado.cart_looks k where k.look_id = v_look.look_id;
    end if;
  end loop;

  return query
  select distinct u.cart_id, u.stock_id
    from unnest(v_carts, v_stocks) u (cart_id, stock_id);
end;
$$;

comment on function apartado._take_looks(integer) is 'Takes the next lines to look at off the list, the oldest first.';
