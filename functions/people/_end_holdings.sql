-- _end_holdings: ends everything that a member holds and waits for.
--
-- Gives   how many reservations and places ended, and how many of those who waited were promoted
-- Locks   the member's turn, their carts and the lines where they stand with them, then the stock rows and the wishes there, by id
-- Tells   walk_in.left; reservation.revoked and queue.removed with the reason, and what follows when people are served
create or replace function apartado._end_holdings(
  p_member_id      bigint,
  p_reason         text,
  out reservations integer,
  out entries      integer,
  out promoted     integer
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_now         timestamptz;
  v_ids         bigint[];
  v_stock       apartado.stock;
  v_reservation apartado.reservations;
  v_entry       apartado.queue_entries;
  v_done        record;
begin
  perform apartado._bump_turns(array[p_member_id]);
  perform apartado._leave_walk_ins(p_member_id);
  v_ids := array(
    select r.stock_id from apartado.reservations r where r.member_id = p_member_id and r.status = 'active'
     union
    select q.stock_id from apartado.queue_entries q where q.member_id = p_member_id and q.status in ('waiting', 'offered', 'suspended'));
  perform apartado._lock_stocks(v_ids);
  v_now := apartado.clock();
  promoted := (select f.promoted from apartado._settle_all(v_ids, v_now) f);
  reservations := 0;
  entries := 0;

  -- places first, so that no unit that comes free goes to them
  for v_entry in
    select q.* from apartado.queue_entries q
     where q.member_id = p_member_id and q.stock_id = any (v_ids) and q.status in ('waiting', 'offered', 'suspended')
     order by q.stock_id
  loop
    select s.* into v_stock from apartado.stock s where s.stock_id = v_entry.stock_id;
    select * into v_done from apartado._drop_entry(v_stock, v_entry, 'removed', p_reason, v_now);
    entries := entries + 1;
    promoted := promoted + v_done.promoted;
  end loop;

  for v_reservation in
    select r.* from apartado.reservations r
     where r.member_id = p_member_id and r.stock_id = any (v_ids) and r.status = 'active'
     order by r.stock_id
  loop
    select s.* into v_stock from apartado.stock s where s.stock_id = v_reservation.stock_id;
    select * into v_done from apartado._give_back(v_stock, v_reservation, v_reservation.quantity, 'revoked', p_reason, v_now);
    reservations := reservations + 1;
    promoted := promoted + v_done.promoted;
  end loop;
end;
$$;

comment on function apartado._end_holdings(bigint, text) is 'Ends everything that a member holds and waits for.';
