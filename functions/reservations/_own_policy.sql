-- _own_policy: what all policies together say about the units of a stock row, for one member.
--
-- Notes   to be asked under the stock row's lock, which a change of policy takes too, and under the member's turn, which a
--         change of their class takes
create or replace function apartado._own_policy(p_stock apartado.stock, p_member_id bigint)
  returns apartado.policies
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return apartado._policy_of(p_stock.item_id, p_stock.location_id, (
    select m.class_id
      from apartado.members m
     where m.member_id = p_member_id));
end;
$$;

comment on function apartado._own_policy(apartado.stock, bigint) is 'What all policies together say about the units of a stock row, for one member.';
