-- _statuses: the truth about stock rows, as one viewer sees it: the one place where a status is decided.
--
-- Gives   a row per stock row that the viewer may see: status, counters, what is theirs, and what they may do
-- Notes   every query asks here; what shows everybody the same is judged by the counters: events in _told, the shop's figures in
--         _stock_figures.
--         Hidden rows are left out for all but operators, holders, and whom a unit is offered.
--         p_viewer_id null is the anonymous visitor.
--         A generic plan, forced to the indexes: planning for each array took eight times as long as looking one row up.
create or replace function apartado._statuses(p_viewer_id bigint, p_stock_ids bigint[], p_now timestamptz)
  returns table (
    stock_id          bigint,
    item_id           bigint,
    location          text,
    status            text,
    available         integer,
    reserved          integer,
    sold              integer,
    queue_length      integer,
    my_reservation_id bigint,
    my_quantity       integer,
    my_expires_at     timestamptz,
    my_position       bigint,
    in_cart           boolean,
    actions           text[],
    version           bigint,
    server_time       timestamptz
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  v_in_cart bigint[] := apartado._stock_in_cart(p_viewer_id, p_now);
begin
  return query
  with viewer as materialized (
    select m.member_id, m.is_operator, m.barred_at is null as may_act, c.active_limit, c.item_limit, c.drop_limit, c.queue_limit,
           apartado._active_count(m.member_id, p_now) as active
      from apartado.members m
     cross join lateral apartado._class_policy(m.class_id) c
     where m.member_id = p_viewer_id
  ), seen as (
    select s as stock, s.stock_id, s.item_id, l.code as location, s.sold, s.version,
           i.visible, i.for_sale, s.restock,
           p_now < s.opens_at as upcoming, p_now >= s.closes_at as ended, case when s.available + s.reserved = 0 then apartado._planned(s.stock_id) else 0 end as planned,
           coalesce(d.available, s.available) as available, coalesce(d.reserved, s.reserved) as reserved,
           coalesce(d.queue_length, s.queue_length) as queue_length, d.served,
           coalesce(d.open_to_all, s.queue_length = 0 and s.available > 0)
             or s.available = 0 and s.reserved > 0 and s.queue_length = 0
                and exists (select from apartado.reservations g
                             where g.stock_id = s.stock_id and g.status = 'active' and g.yields and g.expires_at > p_now
                               and g.member_id is distinct from p_viewer_id) as open_to_all,
           v.member_id, coalesce(v.is_operator, false) as is_operator, coalesce(v.may_act, false) as may_act,
           coalesce(v.active < coalesce(v.active_limit, s.active_limit), false)
             and case when coalesce(v.item_limit, s.item_limit) is null then true
                      else apartado._units_of(v.member_id, s.item_id, null, p_now) < coalesce(v.item_limit, s.item_limit) end
             and case when s.drop_id is null or coalesce(v.drop_limit, s.drop_limit) is null then true
                      else apartado._units_of(v.member_id, null, s.drop_id, p_now) < coalesce(v.drop_limit, s.drop_limit) end as may_take_more,
           coalesce(d.queue_length - cardinality(d.served), s.queue_length) < coalesce(v.queue_limit, s.queue_limit) as queue_has_room,
           r.reservation_id, r.quantity as held, r.expires_at,
           q.queue_entry_id, q.status as entry_status, q.priority, q.rank, q.quantity as wanted, q.offered_until
      from apartado.stock s
      -- offset 0 stops the planner from pulling the subqueries up: one unique-index probe a row, none for visitors, and _settled
      -- is called only for rows with something due
      join lateral (select x.visible, x.for_sale from apartado.items x where x.item_id = s.item_id offset 0) i on true
      join apartado.locations l on l.location_id = s.location_id
      left join viewer v on true
      left join lateral (
        select x.reservation_id, x.quantity, x.expires_at
          from apartado.reservations x
         where p_viewer_id is not null and x.stock_id = s.stock_id and x.member_id = p_viewer_id and x.status = 'active'
        offset 0) r on r.expires_at > p_now
      left join lateral (
        select x.queue_entry_id, x.priority, case e.status when 'offered' then x.offered_quantity else x.quantity end as quantity, x.offered_until, e.status, e.rank
          from apartado.queue_entries x
         cross join lateral apartado._entry_as_settled(s, x, p_now) e
         where p_viewer_id is not null and x.stock_id = s.stock_id and x.member_id = p_viewer_id and x.status in ('waiting', 'offered', 'suspended')
        offset 0) q on q.status is not null
      left join lateral (
        select x.*
          from apartado._settled(s, p_now) x
         where s.next_due_at <= p_now
            or s.queue_length > 0
               and (s.available > 0
                    or s.reserved > 0
                       and exists (select from apartado.reservations g
                                    where g.stock_id = s.stock_id and g.status = 'active' and g.yields and g.expires_at > p_now)
                    or exists (select from apartado.queue_entries g
                                where g.stock_id = s.stock_id and g.wish_id is not null and g.status in ('waiting', 'offered', 'suspended')))
        offset 0) d on true
     where s.stock_id = any (p_stock_ids)
       and (i.visible or v.is_operator or r.reservation_id is not null or q.status = 'offered')
  ), judged as (
    select n.*,
           case
             when not n.visible and n.is_operator then 'hidden'
             when n.reservation_id is not null then 'reserved'
             when n.entry_status = 'offered' then 'offered'
             when n.queue_entry_id is not null then 'in_queue'
             when n.available + n.reserved = 0 then 'sold'
             when n.upcoming then 'upcoming'
             when n.ended then 'ended'
             when not n.for_sale then 'not_for_sale'
             when n.open_to_all then 'available'
             else 'reserved_by_others'
           end as status,
           n.may_act and n.for_sale and not n.ended and n.reservation_id is null and n.queue_entry_id is null and n.may_take_more as may_take
      from seen n
  )
  select j.stock_id, j.item_id, j.location,
         case when j.status = 'available' and j.may_take and j.stock_id = any (v_in_cart) then 'in_cart' else j.status end, j.available, j.reserved, j.sold, j.queue_length,
         j.reservation_id, coalesce(j.held, j.wanted), coalesce(j.expires_at, case j.entry_status when 'offered' then j.offered_until end),
         case when j.entry_status in ('waiting', 'suspended') then apartado._place_of(j.stock, j.priority, j.rank, p_now) end,
         j.stock_id = any (v_in_cart),
         array_remove(array[
           case when j.may_act and j.for_sale and not j.upcoming and not j.ended
                 and (j.queue_entry_id = any (j.served) or j.entry_status = 'offered' or j.may_take and j.open_to_all) then 'reserve' end,
           case when j.may_take and j.queue_has_room and (j.upcoming or not j.open_to_all)
                 and (j.restock or j.available + j.reserved + j.planned > 0) then 'join_queue' end,
           case when j.may_act and j.queue_entry_id is not null then 'leave_queue' end,
           case when j.may_act and j.entry_status = 'waiting' then 'suspend_entry' end,
           case when j.may_act and j.entry_status = 'suspended' then 'resume_entry' end,
           case when j.may_act and j.entry_status = 'offered' then 'accept_offer' end,
           case when j.may_act and j.entry_status = 'offered' then 'decline_offer' end,
           case when j.may_act and j.reservation_id is not null then 'confirm_reservation' end,
           case when j.may_act and j.reservation_id is not null then 'cancel_reservation' end,
           case when j.may_act and j.is_operator and j.available + j.reserved > 0 then 'mark_sold' end,
           case when j.may_act and j.is_operator and j.reserved > 0 then 'revoke_reservation' end
         ], null),
         j.version, p_now
    from judged j;
end;
$$;

comment on function apartado._statuses(bigint, bigint[], timestamptz) is 'The truth about stock rows, as one viewer sees it: the one place where a status is decided.';
