-- _stock_figures: what all stock is to everybody, in figures.
--
-- Gives   items_by_status: how many stock rows have each status, as a visitor would be told, and hidden ones; available, reserved,
--         sold: units; waiting: places in queues
-- Notes   the same as _statuses says to a visitor: looks closer (_settled) where something is due or somebody waits, which
--         are few, and reads no more than the row of all others. p_location_id null: every location
create or replace function apartado._stock_figures(
  p_location_id       bigint,
  p_now               timestamptz,
  out items_by_status jsonb,
  out available       bigint,
  out reserved        bigint,
  out sold            bigint,
  out waiting         bigint
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
begin
  with seen as (
    -- nearly all rows: nothing is due and nobody waits, so their own counters are true
    select s.stock_id, s.item_id, s.open, s.opens_at, s.closes_at, s.available, s.reserved, s.sold, s.queue_length,
           s.available > 0
             or s.reserved > 0 and exists (
               select from apartado.reservations y
                where y.stock_id = s.stock_id and y.status = 'active' and y.yields and y.expires_at > p_now) as open_to_all
      from apartado.stock s
     where s.next_due_at > p_now
       and s.queue_length = 0
       and (p_location_id is null or s.location_id = p_location_id)
     union all
    select s.stock_id, s.item_id, s.open, s.opens_at, s.closes_at, d.available, d.reserved, s.sold, d.queue_length, d.open_to_all
      from apartado.stock s
     cross join lateral apartado._settled(s, p_now) d
     where (s.next_due_at <= p_now or s.queue_length > 0)
       and (p_location_id is null or s.location_id = p_location_id)
  ), counted as (
    select case
             when not n.open and not (select i.visible from apartado.items i where i.item_id = n.item_id) then 'hidden'
             when n.available + n.reserved = 0 then 'sold'
             when p_now < n.opens_at then 'upcoming'
             when p_now >= n.closes_at then 'ended'
             when not n.open then 'not_for_sale'
             when n.open_to_all then 'available'
             else 'reserved_by_others'
           end as status,
           count(*) as stocks, sum(n.available) as available, sum(n.reserved) as reserved, sum(n.sold) as sold,
           sum(n.queue_length) as waiting
      from seen n
     group by 1
  )
  select coalesce(jsonb_object_agg(c.status, c.stocks), '{}'), coalesce(sum(c.available), 0), coalesce(sum(c.reserved), 0),
         coalesce(sum(c.sold), 0), coalesce(sum(c.waiting), 0)
    into items_by_status, available, reserved, sold, waiting
    from counted c;
end;
$$;

comment on function apartado._stock_figures(bigint, timestamptz) is 'What all stock is to everybody, in figures.';
