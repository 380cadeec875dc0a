-- _last_walk_in: where the owner of a cart stands in the line in front of its location, or stood last.
--
-- Gives   the entry that waits, else the one that ended last; all null where they never stood there
-- Notes   a call with a cart that was then merged into this one counts. An entry that waits, or was called, may be older than
--         one that was left, because a merge of two carts keeps the earlier place
create or replace function apartado._last_walk_in(p_cart apartado.carts)
  returns apartado.walk_in_entries
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_entry apartado.walk_in_entries;
begin
  select w.* into v_entry
    from apartado.walk_in_entries w
   where w.cart_id = any (p_cart.cart_id || array(select c.cart_id from apartado.carts c where c.merged_into = p_cart.cart_id))
   order by w.status = 'waiting' desc, w.closed_at desc, w.ticket desc
   limit 1;

  return v_entry;
end;
$$;

comment on function apartado._last_walk_in(apartado.carts) is 'Where the owner of a cart stands in the line in front of its location, or stood last.';
