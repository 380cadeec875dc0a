-- _line_refusals: what stands against selling a line of an order to its buyer now.
--
-- Gives   code and facts, the first of them; no rows: nothing does
-- Notes   what the buyer holds, or is offered, is theirs; where the line wants more than that, the rest must be there.
--         p_member_id null: nobody in particular, who may not pass those who wait. The caller holds the stock row, locked and settled
create or replace function apartado._line_refusals(
  p_stock_id  bigint,
  p_item      bigint,
  p_location  text,
  p_member_id bigint,
  p_class_id  bigint,
  p_quantity  integer,
  p_now       timestamptz
)
  returns table (
    code  text,
    facts jsonb
  )
  language plpgsql
  stable
  rows 1
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_stock apartado.stock;
  v_holds boolean := (apartado._own_claim(p_stock_id, p_member_id)).reservation_id is not null;
begin
  select s.* into v_stock from apartado.stock s where s.stock_id = p_stock_id;
  if v_stock.stock_id is null then
    return query select m.code, m.facts from apartado._missing_stock(p_item, p_location) m;
  else
    return query
    select r.code, r.facts
      from apartado._refusals(v_stock, p_member_id, p_class_id, p_quantity, null, p_now) r
     where not v_holds
     union all
    select r.code, r.facts
      from apartado._more_refusals(v_stock, p_member_id, p_class_id, p_quantity, p_now) r
     union all
    select 'RS306', jsonb_build_object('available', v_stock.available, 'queue_length', v_stock.queue_length)
     where p_member_id is null and v_stock.queue_length > 0
     limit 1;
  end if;
end;
$$;

comment on function apartado._line_refusals(bigint, bigint, text, bigint, bigint, integer, timestamptz) is 'What stands against selling a line of an order to its buyer now.';
