-- _merge_walk_ins: who waits with a cart that is merged into another goes on waiting with that.
--
-- Locks   the lines in front of the locations, by id
-- Tells   walk_in.left for the later of two entries that one owner has now
-- Notes   the earlier place is kept. The caller holds the carts
create or replace function apartado._merge_walk_ins(p_pairs jsonb)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_pair record;
  v_now  timestamptz;
begin
  for v_pair in
    select w.walk_in_entry_id, w.location_id, w.ticket, p.into_id
      from jsonb_to_recordset(p_pairs) as p (from_id bigint, into_id bigint)
      join apartado.walk_in_entries w on w.cart_id = p.from_id and w.status = 'waiting'
     order by w.location_id, w.ticket
  loop
    perform apartado._lock_walk_in_queue(v_pair.location_id);
    -- called while this waited for the lock of the line: that place is over, and the one with the other cart stays
    continue when not exists (select from apartado.walk_in_entries w where w.walk_in_entry_id = v_pair.walk_in_entry_id and w.status = 'waiting');
    v_now := apartado.clock();
    update apartado.walk_in_entries w
       set status = 'left', closed_at = v_now
     where w.status = 'waiting'
       and (w.cart_id = v_pair.into_id and w.ticket > v_pair.ticket
            or w.walk_in_entry_id = v_pair.walk_in_entry_id
               and exists (select from apartado.walk_in_entries x
                            where x.cart_id = v_pair.into_id and x.status = 'waiting' and x.ticket < v_pair.ticket));
    update apartado.walk_in_entries w
       set cart_id = v_pair.into_id
     where w.walk_in_entry_id = v_pair.walk_in_entry_id
       and w.status = 'waiting';
  end loop;
end;
$$;

comment on function apartado._merge_walk_ins(jsonb) is 'Who waits with a cart that is merged into another goes on waiting with that.';
