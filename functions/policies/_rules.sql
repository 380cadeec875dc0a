-- _rules: what an item, its drop and the policies say about the units at a location.
--
-- Gives   the columns of stock that are carried there
-- Notes   _alike repeats which columns of items and locations this reads
create or replace function apartado._rules(
  p_item            bigint,
  p_location_id     bigint,
  out open          boolean,
  out price         numeric,
  out currency      text,
  out hold          interval,
  out active_limit  integer,
  out queue_limit   integer,
  out restock       boolean,
  out drop_id       bigint,
  out opens_at      timestamptz,
  out closes_at     timestamptz,
  out item_limit    integer,
  out drop_limit    integer,
  out offer_window  interval,
  out missed        text,
  out fit           text,
  out passed_limit  integer,
  out low_stock     integer,
  out paranoia      boolean,
  out expiring_soon interval,
  out draws_at      timestamptz
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  select i.visible and i.for_sale, i.price, i.currency, p.hold, p.active_limit, p.queue_limit, p.restock,
         d.drop_id, coalesce(d.opens_at, '-infinity'), coalesce(d.closes_at, 'infinity'), p.item_limit, p.drop_limit,
         case p.promotion when 'offer' then p.offer_window end, p.missed, p.fit, p.passed_limit, p.low_stock, p.paranoia,
         p.expiring_soon,
         case when exists (select from apartado.lotteries l where l.drop_id = d.drop_id and l.drawn_at is null) then d.opens_at end
    into open, price, currency, hold, active_limit, queue_limit, restock, drop_id, opens_at, closes_at, item_limit,
         drop_limit, offer_window, missed, fit, passed_limit, low_stock, paranoia, expiring_soon, draws_at
    from apartado.items i
    left join apartado.drops d on d.drop_id = i.drop_id
   cross join lateral apartado._policy_of(i.item_id, p_location_id) p
   where i.item_id = p_item;
end;
$$;

comment on function apartado._rules(bigint, bigint) is 'What an item, its drop and the policies say about the units at a location.';
