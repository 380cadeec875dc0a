-- _repair_stocks: counts stock rows anew, lets them carry the rules, and serves who is next.
--
-- Tells   queue.closed to who held what they waited for; what _settle tells; item.changed with the reason, or 'repair'
-- Notes   the caller holds the stock rows and the wishes there (_lock_stocks)
create or replace function apartado._repair_stocks(p_stock_ids bigint[], p_reason text)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_id  bigint;
  v_now timestamptz := apartado.clock();
begin
  update apartado.queue_entries q
     set status = 'closed', closed_at = v_now, reason = 'repair'
    from apartado.reservations r
   where q.stock_id = any (p_stock_ids)
     and q.status = 'waiting'
     and r.stock_id = q.stock_id and r.member_id = q.member_id and r.status = 'active' and r.expires_at > v_now;

  foreach v_id in array p_stock_ids loop
    perform apartado._count_anew(v_id);
  end loop;
  perform apartado._carry_to_stock(p_stock_ids);
  perform apartado._settle_all(p_stock_ids, v_now);

  -- updating the items tells item.changed with the new counters, for whoever follows them by the stream
  perform apartado._say_why(coalesce(p_reason, 'repair'));
  update apartado.items i
     set changed_at = greatest(v_now, i.changed_at + interval '1 microsecond')
   where i.item_id in (select s.item_id from apartado.stock s where s.stock_id = any (p_stock_ids));
  perform apartado._say_why(null);
end;
$$;

comment on function apartado._repair_stocks(bigint[], text) is 'Counts stock rows anew, lets them carry the rules, and serves who is next.';
