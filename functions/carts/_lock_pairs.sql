-- _lock_pairs: finds for each of some carts the active one that it shall be merged into, and locks all of them.
--
-- Gives   a list of from_id and into_id: of the carts that are still there to be merged
-- Locks   the carts that are made, by location and owner, then all, by id
-- Notes   p_member_id: into the carts of this member; null: of the owner of each. Without the order two that make the same carts
--         out of different ones could deadlock
create or replace function apartado._lock_pairs(p_from_ids bigint[], p_member_id bigint)
  returns jsonb
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_from  apartado.carts;
  v_into  apartado.carts;
  v_pairs jsonb := '[]';
  v_ids   bigint[] := p_from_ids;
begin
  for v_from in
    select c.*
      from apartado.carts c
     where c.cart_id = any (p_from_ids)
     order by c.location_id, c.member_id, c.device_hash
  loop
    v_into := apartado._ensure_cart(coalesce(p_member_id, v_from.member_id), v_from.device_hash, v_from.location_id, apartado.clock());
    v_pairs := v_pairs || jsonb_build_object('from_id', v_from.cart_id, 'into_id', v_into.cart_id);
    v_ids := v_ids || v_into.cart_id;
  end loop;

  perform c.cart_id
     from apartado.carts c
    where c.cart_id = any (v_ids)
    order by c.cart_id
      for no key update;
  update apartado.carts c
     set version = c.version + 1, used_at = apartado.clock()
   where c.cart_id = any (v_ids);

  return (
    select coalesce(jsonb_agg(to_jsonb(p) order by p.from_id), '[]')
      from jsonb_to_recordset(v_pairs) as p (from_id bigint, into_id bigint)
      join apartado.carts f on f.cart_id = p.from_id and f.status <> 'merged'
      join apartado.carts i on i.cart_id = p.into_id and i.status = 'active'
     where p.from_id <> p.into_id);
end;
$$;

comment on function apartado._lock_pairs(bigint[], bigint) is 'Finds for each of some carts the active one that it shall be merged into, and locks all of them.';
