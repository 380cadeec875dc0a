-- _leave_walk_ins: takes a member out of every line in front of a location.
--
-- Gives   nothing
-- Locks   the member's carts by id, then the lines, by location
-- Tells   walk_in.left
-- Notes   the caller holds the member's turn, so that they do not join meanwhile, and no stock row yet. With the carts locked no
--         merge can bring entries to them; a cart that was merged while this waited for its lock is skipped, not refused
create or replace function apartado._leave_walk_ins(p_member_id bigint)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_cart_ids bigint[];
  v_entry    apartado.walk_in_entries;
begin
  v_cart_ids := array(
    select c.cart_id
      from apartado.carts c
     where c.member_id = p_member_id
       and c.status = 'active'
     order by c.cart_id
       for no key update);
  update apartado.carts c
     set version = c.version + 1
   where c.cart_id = any (v_cart_ids);

  for v_entry in
    select w.* from apartado.walk_in_entries w where w.cart_id = any (v_cart_ids) and w.status = 'waiting' order by w.location_id
  loop
    perform apartado._lock_walk_in_queue(v_entry.location_id);
    update apartado.walk_in_entries w
       set status = 'left', closed_at = apartado.clock()
     where w.walk_in_entry_id = v_entry.walk_in_entry_id
       and w.status = 'waiting';
  end loop;
end;
$$;

comment on function apartado._leave_walk_ins(bigint) is 'Takes a member out of every line in front of a location.';
