-- _refuse_missing_lines: says which lines of an order cannot be had, before any of them is sold.
--
-- Raises  the code of the first, with its facts and line, and all of them as missing
-- Notes   what fell out of the cart is told to who wanted it, unless they hold the item again. p_at_till: an operator sells it to
--         somebody else, who brought it there, and buys it as if it had never been set aside. The caller holds the stock rows, locked
--         and settled
create or replace function apartado._refuse_missing_lines(p_demand jsonb, p_member_id bigint, p_class_id bigint, p_at_till boolean, p_now timestamptz)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_missing record;
begin
  select (array_agg(r.code order by d.line))[1] as code,
         (array_agg(r.facts || jsonb_build_object('line', d.line, 'item', d.item_id) order by d.line))[1] as facts,
         string_agg(format('line %s item %s %s', d.line, d.item_id, left(r.code, 5)), '; ' order by d.line) as missing
    into v_missing
    from jsonb_to_recordset(p_demand) as d (line integer, item_id bigint, location text, quantity integer, stock_id bigint, code text)
   cross join lateral (
     select d.code is not null and not p_at_till
            and (apartado._own_claim(d.stock_id, p_member_id)).reservation_id is null) w (fell_out)
   cross join lateral (
     select case d.code when 'RS401' then 'RS401/line' else 'RS402/line' end as code, '{}'::jsonb as facts
      where w.fell_out
      union all
     select f.code, f.facts
       from apartado._line_refusals(d.stock_id, d.item_id, d.location, p_member_id, p_class_id, d.quantity, p_now) f
      where not w.fell_out) r;

  if v_missing.code is not null then
    perform apartado._refuse(case when p_at_till then apartado._at_till(v_missing.code) else v_missing.code end, 'lines',
                             v_missing.facts || jsonb_build_object('missing', v_missing.missing));
  end if;
end;
$$;

comment on function apartado._refuse_missing_lines(jsonb, bigint, bigint, boolean, timestamptz) is 'Says which lines of an order cannot be had, before any of them is sold.';
