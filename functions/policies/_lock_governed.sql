-- _lock_governed: takes all that a change of a policy will touch, in the order in which everybody takes it.
--
-- Locks   the gates of the rules, the turns of members whose class follows the policy or is to, then the stock rows that
--         it governs or is to, by id, and the wishes there, by id
create or replace function apartado._lock_governed(p_policy text, p_item bigint, p_location text, p_drop bigint, p_class text)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_policy_id bigint;
begin
  perform apartado._close_gates();
  v_policy_id := (select p.policy_id from apartado.policies p where p.name = p_policy);

  perform apartado._bump_classes(array(
    select c.class_id
      from apartado.member_classes c
     where c.policy_id = v_policy_id or c.code = p_class));

  -- the wishes of all rows at once: the rows are settled one by one, and taking wishes in between would break the lock order
  perform apartado._lock_wishes(array(
    select s.stock_id
      from apartado.stock s
     where s.stock_id in (select g.stock_id from apartado._governed_stock(v_policy_id) g)
        or s.item_id = p_item
        or s.location_id in (select l.location_id from apartado.locations l where l.code = p_location)
        or s.item_id in (select i.item_id from apartado.items i where i.drop_id = p_drop)
     order by s.stock_id
       for no key update));
end;
$$;

comment on function apartado._lock_governed(text, bigint, text, bigint, text) is 'Takes all that a change of a policy will touch, in the order in which everybody takes it.';
