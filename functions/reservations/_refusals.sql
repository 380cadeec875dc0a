-- _refusals: every reason why reserve would refuse a member, in the order in which it refuses.
--
-- Gives   code, parameter and facts: RS101 hidden · RS309 not for sale · RS307 not open yet, and
--         RS307/lottery where lining up is the way into its draw · RS308 closed · RS203 longer than the policy's hold
--         RS302 you hold one · RS303 you wait for it · RS305 sold · RS306 people are waiting, and what is free is theirs
--         RS301 not enough is available · RS501, RS504 limits; no rows: reserve would do it
-- Notes   the stock row is settled. Readers pass the counters of _settled instead, and its answer as p_can_have (null: _can_have
--         is asked).
--         p_queues: who cannot have the units will wait; then only what forbids waiting is a reason (_queue_refusals), and
--         who waits already is not refused. p_promoted: the settling has just served the member.
create or replace function apartado._refusals(
  p_stock     apartado.stock,
  p_member_id bigint,
  p_class_id  bigint,
  p_quantity  integer,
  p_ttl       interval,
  p_now       timestamptz,
  p_queues    boolean default false,
  p_promoted  boolean default false,
  p_can_have  boolean default null
)
  returns table (
    code      text,
    parameter text,
    facts     jsonb
  )
  language plpgsql
  stable
  rows 1
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_longest  interval := coalesce((apartado._class_policy(p_class_id)).hold, p_stock.hold);
  v_held     record;
  v_entry    record;
  v_can_have boolean;
begin
  for code, parameter, facts in
    select r.code, r.parameter, r.facts from apartado._open_refusals(p_stock, p_member_id, p_queues, p_now) r
  loop
    if code = 'RS307' and p_stock.draws_at is not null and p_stock.open
       and not exists (select
                         from apartado._own_claim(p_stock.stock_id, p_member_id) c
                        where c.reservation_id is not null or c.queue_entry_id is not null)
       and not exists (select from apartado._queue_refusals(p_stock, p_member_id, p_class_id, p_quantity, p_now)) then
      code := 'RS307/lottery';
    end if;
    return next;
    if code = 'RS101' then
      return;
    end if;
  end loop;
  if p_ttl > v_longest then
    return query select 'RS203', 'ttl', jsonb_build_object('ttl', apartado._iso_8601(p_ttl), 'longest', apartado._iso_8601(v_longest));
  end if;
  if p_promoted then
    return;
  end if;

  select r.reservation_id, r.expires_at
    into v_held
    from apartado.reservations r
   where r.stock_id = p_stock.stock_id and r.member_id = p_member_id and r.status = 'active';
  -- checked here and not in the query, which could then scan the index of deadlines: everybody who holds some of the row
  if v_held.expires_at > p_now then
    return query
    select 'RS302', 'item', jsonb_build_object('reservation_id', v_held.reservation_id, 'expires_at', apartado._utc(v_held.expires_at));
  else
    select q.queue_entry_id, q.status, q.priority, q.rank
      into v_entry
      from apartado.queue_entries q
     where q.stock_id = p_stock.stock_id and q.member_id = p_member_id and q.status in ('waiting', 'offered', 'suspended')
       and case q.status when 'offered' then q.offered_until > p_now else q.needed_until is null or q.needed_until > p_now end
       and (q.wish_id is null or q.status = 'offered'
            or exists (select from apartado.wishes w where w.wish_id = q.wish_id and w.closed_at is null));
    if v_entry.status = 'offered' or v_entry.queue_entry_id is not null and p_queues then
      return;
    elsif v_entry.queue_entry_id is not null then
      return query
      select apartado._waiting_code(p_stock, v_entry.status), 'item', jsonb_build_object(
               'queue_entry_id', v_entry.queue_entry_id,
               'position', apartado._position(p_stock.stock_id, v_entry.priority, v_entry.rank, p_now));
    end if;
  end if;

  v_can_have := coalesce(p_can_have, apartado._can_have(p_stock, p_member_id, p_quantity, p_now));
  if p_queues and not v_can_have then
    return query
    select r.code, r.parameter, r.facts
      from apartado._queue_refusals(p_stock, p_member_id, p_class_id, p_quantity, p_now) r;
    return;
  elsif not v_can_have and (p_stock.available < p_quantity or p_now >= p_stock.opens_at) then
    return query
    select case
             when p_stock.available + p_stock.reserved = 0 then 'RS305'
             when p_stock.available >= p_quantity then 'RS306'
             else 'RS301'
           end, 'quantity', jsonb_build_object(
             'requested', p_quantity, 'available', p_stock.available, 'reserved', p_stock.reserved, 'queue_length', p_stock.queue_length);
  end if;
  return query
  select r.code, r.parameter, r.facts
    from apartado._limit_refusals(p_stock, p_member_id, p_class_id, p_quantity, 'RS501', p_now) r;
end;
$$;

comment on function apartado._refusals(apartado.stock, bigint, bigint, integer, interval, timestamptz, boolean, boolean, boolean) is 'Every reason why reserve would refuse a member, in the order in which it refuses.';
