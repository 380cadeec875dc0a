-- _more_refusals: what stands against having more of a stock row than is set aside for a member.
--
-- Gives   code, parameter and facts: RS101 hidden · RS309 not for sale · RS307 not open yet · RS308 closed · RS312/price it is
--         another now · RS306 people are waiting · RS301 not enough is available · RS501, RS504 limits; no rows: they may have
--         p_quantity, or nothing is set aside for them, and _refusals says it
-- Notes   the stock row is settled; for those who only look (p_settled false) it is taken as it will be.
--         Whoever can be served from the queue comes first, also under the policy fit: passes are counted for queue entries only
create or replace function apartado._more_refusals(
  p_stock     apartado.stock,
  p_member_id bigint,
  p_class_id  bigint,
  p_quantity  integer,
  p_now       timestamptz,
  p_settled   boolean default true
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
  v_own     record;
  v_more    integer;
  v_stock   apartado.stock := p_stock;
  v_settled record;
  v_served  bigint[] := '{}';
  v_wanted  boolean;
begin
  select * into v_own from apartado._own_units(p_stock, p_member_id, p_now);
  v_more := p_quantity - v_own.units;
  if v_more is null or v_more <= 0 then
    return;
  end if;

  return query
  select r.code, r.parameter, r.facts from apartado._open_refusals(p_stock, p_member_id, false, p_now) r;
  if (p_stock.price, p_stock.currency) is distinct from (v_own.price, v_own.currency) then
    return query
    select 'RS312/price', 'quantity', jsonb_build_object(
             'price', p_stock.price, 'currency', p_stock.currency, 'frozen_price', v_own.price, 'frozen_currency', v_own.currency);
  end if;

  if not p_settled then
    select * into v_settled from apartado._settled(p_stock, p_now);
    v_served := v_settled.served;
    v_stock.available := v_settled.available;
    v_stock.reserved := v_settled.reserved;
    v_stock.queue_length := v_settled.queue_length - cardinality(v_served);
  end if;
  v_wanted := apartado._wanted(p_stock.stock_id, p_member_id, p_now, v_served);
  if v_stock.available < v_more and (v_wanted or not apartado._can_have(v_stock, p_member_id, v_more, p_now)) then
    return query
    select 'RS301/held', 'quantity', jsonb_build_object(
             'requested', v_more, 'available', v_stock.available, 'reserved', v_stock.reserved, 'queue_length', v_stock.queue_length);
  elsif v_wanted then
    return query
    select 'RS306/held', 'quantity', jsonb_build_object('available', v_stock.available, 'queue_length', v_stock.queue_length);
  end if;

  -- no further reservation for active_limit, and the units held count against the other limits already
  return query
  select r.code, r.parameter, r.facts
    from (values (true, 0), (false, p_quantity - v_own.counted)) m (of_member, more)
   cross join lateral apartado._limit_refusals(p_stock, p_member_id, p_class_id, m.more, 'RS501', p_now) r
   where (r.parameter = 'member') = m.of_member;
end;
$$;

comment on function apartado._more_refusals(apartado.stock, bigint, bigint, integer, timestamptz, boolean) is 'What stands against having more of a stock row than is set aside for a member.';
