-- _claim_all: reserves what was asked for together, one stock row after the other, each as reserve would.
--
-- Gives   the demand as an array, each with the code that refuses it, or null
-- Raises  with p_mode all_or_nothing the first refusal, naming the line; RS301 where fewer than it wants are offered to the member,
--         or became theirs in this settling: less is not all
-- Tells   what _claim tells
-- Notes   each row is checked and then claimed before the next: no refusal has to be rolled back, and limits count the rows before.
--         The caller holds the member's turn and the stock rows, locked, bumped and settled.
create or replace function apartado._claim_all(p_demand jsonb, p_member_id bigint, p_class_id bigint, p_mode text, p_now timestamptz)
  returns jsonb
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_wanted  jsonb;
  v_want    record;
  v_stock   apartado.stock;
  v_refused record;
  v_done    jsonb := '[]';
begin
  for v_wanted in
    select e.element from jsonb_array_elements(p_demand) with ordinality e (element, number) order by e.number
  loop
    select * into v_want
      from jsonb_to_record(v_wanted) as (line integer, item_id bigint, location text, quantity integer, ttl interval, stock_id bigint);
    select s.* into v_stock from apartado.stock s where s.stock_id = v_want.stock_id;
    if v_stock.stock_id is null then
      select m.code, m.facts into v_refused from apartado._missing_stock(v_want.item_id, v_want.location) m;
    else
      select r.code, r.facts
        into v_refused
        from apartado._refusals(v_stock, p_member_id, p_class_id, v_want.quantity, v_want.ttl, p_now, p_mode = 'reserve_or_queue',
                                apartado._was_promoted(v_stock.stock_id, p_member_id, p_now)) r
       limit 1;
      if v_refused.code is null and p_mode = 'all_or_nothing' then
        select 'RS301' as code, jsonb_build_object('requested', v_want.quantity, 'offered', o.units) as facts
          into v_refused
          from apartado._own_units(v_stock, p_member_id, p_now) o
         where o.units < v_want.quantity;
      end if;
    end if;

    if v_refused.code is null then
      perform apartado._claim(v_stock, p_member_id, p_class_id, v_want.quantity, v_want.ttl, p_now);
    elsif p_mode = 'all_or_nothing' then
      perform apartado._refuse(v_refused.code, 'lines', v_refused.facts || jsonb_build_object('line', v_want.line, 'item', v_want.item_id));
    end if;
    v_done := v_done || jsonb_build_array(v_wanted || jsonb_build_object('code', left(v_refused.code, 5)));
  end loop;

  return v_done;
end;
$$;

comment on function apartado._claim_all(jsonb, bigint, bigint, text, timestamptz) is 'Reserves what was asked for together, one stock row after the other, each as reserve would.';
