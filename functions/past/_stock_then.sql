-- _stock_then: which stock rows of an item can be looked at as they were at a past moment.
--
-- Gives   stock ids; none where the item was not kept anywhere yet
-- Raises  RS101 no such item · RS104 no such location · RS204 no time, or one to come · RS403 what happened then is not kept any more
--         (kept_from: the time of the oldest event)
-- Notes   once events were purged, it is not kept for a stock row without an event up to that moment, unless its first event of
--         all (version 1) comes later, or it has none at all and the moment is after the oldest event kept: then it was what it
--         is now. Nor where a reservation or a place that was open then (rows are never deleted) has no event up to it
create or replace function apartado._stock_then(p_item bigint, p_at timestamptz, p_location text)
  returns bigint[]
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock_ids bigint[];
  v_kept_from timestamptz;
begin
  if p_at is null or p_at > apartado.clock() then
    perform apartado._refuse('RS204', 'at', jsonb_build_object('at', apartado._utc(p_at), 'latest', apartado._utc(apartado.clock())));
  end if;
  perform apartado._check_item(p_item);
  v_stock_ids := apartado._stock_ids(array[p_item], p_location);

  if (select h.oldest from apartado.event_head() h) > 0 then
    v_kept_from := coalesce((select e.at from apartado.events e where e.pos is not null order by e.pos limit 1), apartado.clock());
    if exists (
      select
        from unnest(v_stock_ids) u (stock_id)
       where not exists (select from apartado.events e where e.stock_id = u.stock_id and e.at <= p_at)
         and case when p_at >= v_kept_from then exists (select from apartado.events e where e.stock_id = u.stock_id) else true end
         and 1 is distinct from (select e.version from apartado.events e where e.stock_id = u.stock_id order by e.event_id limit 1)
       union all
      select
        from apartado.reservations r
       where r.stock_id = any (v_stock_ids) and (r.closed_at is null or r.closed_at > p_at)
         -- one that was handed on keeps its old reserved_at, but has events only since it was handed on
         and coalesce((select o.closed_at from apartado.reservations o where o.reservation_id = r.transferred_from), r.reserved_at) <= p_at
         and not exists (select from apartado.events e
                          where e.stock_id = r.stock_id and e.at <= p_at and e.kind like 'reservation.%'
                            and e.data ->> 'reservation_id' = r.reservation_id::text)
       union all
      select
        from apartado.queue_entries q
       where q.stock_id = any (v_stock_ids) and q.joined_at <= p_at and (q.closed_at is null or q.closed_at > p_at)
         and not exists (select from apartado.events e
                          where e.stock_id = q.stock_id and e.at <= p_at and e.kind like 'queue.%'
                            and e.data ->> 'queue_entry_id' = q.queue_entry_id::text)
    ) then
      perform apartado._refuse('RS403/past', 'at', jsonb_build_object('at', apartado._utc(p_at), 'kept_from', apartado._utc(v_kept_from)));
    end if;
  end if;
  return v_stock_ids;
end;
$$;

comment on function apartado._stock_then(bigint, timestamptz, text) is 'Which stock rows of an item can be looked at as they were at a past moment.';
