-- _queue_refusals: why a member may not take a place in a queue.
--
-- Gives   code, parameter and facts: RS305 sold for good · RS202 more than there can ever be · RS503 the queue is full, or the
--         member has as much as they may · RS504 units per drop; no rows: they may
-- Notes   p_served: the entry is served at once, so the queue grows no longer by it.
--         p_limits false: of a wish over several items, whose limits were looked at as one
create or replace function apartado._queue_refusals(
  p_stock     apartado.stock,
  p_member_id bigint,
  p_class_id  bigint,
  p_quantity  integer,
  p_now       timestamptz,
  p_served    boolean default false,
  p_limits    boolean default true
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
  v_ever    integer := p_stock.available + p_stock.reserved + apartado._planned(p_stock.stock_id);
  v_longest integer := coalesce((apartado._class_policy(p_class_id)).queue_limit, p_stock.queue_limit);
begin
  if not p_stock.restock and p_quantity > v_ever then
    code := case v_ever when 0 then 'RS305' else 'RS202' end;
    parameter := case v_ever when 0 then 'item' else 'quantity' end;
    facts := case v_ever when 0 then jsonb_build_object('sold', p_stock.sold) else jsonb_build_object('largest', v_ever) end;
    return next;
  end if;
  if not p_served and p_stock.queue_length >= v_longest then
    code := 'RS503';
    parameter := 'item';
    facts := jsonb_build_object('queue_length', p_stock.queue_length, 'limit', v_longest);
    return next;
  end if;
  if p_limits then
    return query
    select r.code, r.parameter, r.facts
      from apartado._limit_refusals(p_stock, p_member_id, p_class_id, p_quantity, 'RS503', p_now) r;
  end if;
end;
$$;

comment on function apartado._queue_refusals(apartado.stock, bigint, bigint, integer, timestamptz, boolean, boolean) is 'Why a member may not take a place in a queue.';
