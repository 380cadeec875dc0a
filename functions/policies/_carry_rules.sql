-- _carry_rules: brings the rules of items to their stock rows.
--
-- Locks   the items' stock rows, by id, and bumps every one
create or replace function apartado._carry_rules(p_items bigint[])
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._carry_to_stock(array(
    select s.stock_id
      from apartado.stock s
     where s.item_id = any (p_items)));
end;
$$;

comment on function apartado._carry_rules(bigint[]) is 'Brings the rules of items to their stock rows.';
