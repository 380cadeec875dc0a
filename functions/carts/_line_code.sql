-- _line_code: the code that stands against having a line of a cart.
--
-- Gives   RS302 where its owner holds the item, else the first with which reserve would refuse it, or, where fewer are offered to
--         them, the rest of it; null: nothing does
create or replace function apartado._line_code(p_stock apartado.stock, p_member_id bigint, p_class_id bigint, p_quantity integer, p_now timestamptz)
  returns text
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_codes text[] := array(select w.code from apartado._why_not(p_stock, p_member_id, p_class_id, p_quantity, p_now) w);
begin
  return case
           when 'RS302' = any (v_codes) then 'RS302'
           when v_codes <> '{}' then left(v_codes[1], 5)
           else (select left(r.code, 5) from apartado._more_refusals(p_stock, p_member_id, p_class_id, p_quantity, p_now, false) r limit 1)
         end;
end;
$$;

comment on function apartado._line_code(apartado.stock, bigint, bigint, integer, timestamptz) is 'The code that stands against having a line of a cart.';
