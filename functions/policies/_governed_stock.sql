-- _governed_stock: the stock rows that a policy governs, whether or not a stronger one says the same.
--
-- Gives   stock ids: of 'default' all of them. What a member's class says governs no stock row
create or replace function apartado._governed_stock(p_policy_id bigint)
  returns table (stock_id bigint)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  if exists (select from apartado.policies p where p.policy_id = p_policy_id and p.name = 'default') then
    return query select s.stock_id from apartado.stock s;
    return;
  end if;

  return query
  select s.stock_id
    from apartado.stock s
    join apartado.items i on i.item_id = s.item_id
    join apartado.locations l on l.location_id = s.location_id
    left join apartado.drops d on d.drop_id = i.drop_id
   where p_policy_id in (i.policy_id, l.policy_id, d.policy_id);
end;
$$;

comment on function apartado._governed_stock(bigint) is 'The stock rows that a policy governs, whether or not a stronger one says the same.';
