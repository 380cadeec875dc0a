-- _order_now: an order as it is now: what of it was taken back since is said, and not in the totals.
--
-- Gives   what _order_answer gives, each line with undone, how many of its units were taken back, and totals of the others
create or replace function apartado._order_now(p_order_id bigint)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order jsonb := apartado._order_answer(p_order_id);
  v_lines jsonb := (
    select jsonb_agg(l.line || jsonb_build_object(
             'undone', (select p.undone from apartado.purchases p where p.purchase_id = (l.line ->> 'purchase_id')::bigint)) order by l.ordinal)
      from jsonb_array_elements(v_order -> 'lines') with ordinality l (line, ordinal));
begin
  return v_order || jsonb_build_object('lines', v_lines, 'totals', apartado._totals((
    select jsonb_agg(l.line || jsonb_build_object('quantity', (l.line ->> 'quantity')::integer - (l.line ->> 'undone')::integer))
      from jsonb_array_elements(v_lines) l (line))));
end;
$$;

comment on function apartado._order_now(bigint) is 'An order as it is now: what of it was taken back since is said, and not in the totals.';
