-- _write_policy: makes a policy, or changes what it says.
--
-- Gives   its id; null: there is none of that name, and nothing was given that it should say
-- Raises  RS205 two of its values cannot hold together
-- Locks   the gates of the rules are closed by the caller
-- Tells   policy.changed, through triggers/policies.sql, which carry the change, too
create or replace function apartado._write_policy(p_name text, p_values jsonb)
  returns bigint
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_policy apartado.policies;
  v_facts  jsonb;
begin
  select p.* into v_policy from apartado.policies p where p.name = p_name;
  if p_values is null then
    return v_policy.policy_id;
  end if;

  v_policy := jsonb_populate_record(v_policy, p_values);
  v_facts := apartado._policy_conflict(v_policy, p_name <> 'default');
  if v_facts is not null then
    perform apartado._refuse('RS205/conflict', 'values', v_facts);
  end if;

  if v_policy.policy_id is null then
    insert into apartado.policies as p (name) values (p_name) returning p.policy_id into v_policy.policy_id;
    if p_values = '{}' then
      return v_policy.policy_id;
    end if;
  end if;

  update apartado.policies p
     set hold = v_policy.hold, hold_cap = v_policy.hold_cap, extension_limit = v_policy.extension_limit,
         extension_total = v_policy.extension_total, extend_while_wanted = v_policy.extend_while_wanted,
         payment_window = v_policy.payment_window, late_confirm = v_policy.late_confirm,
         active_limit = v_policy.active_limit, item_limit = v_policy.item_limit, drop_limit = v_policy.drop_limit,
         promotion = v_policy.promotion, offer_window = v_policy.offer_window, missed = v_policy.missed,
         fit = v_policy.fit, passed_limit = v_policy.passed_limit, queue_limit = v_policy.queue_limit,
         priority = v_policy.priority, low_stock = v_policy.low_stock, expiring_soon = v_policy.expiring_soon,
         hide_sold = v_policy.hide_sold, paranoia = v_policy.paranoia, cart = v_policy.cart,
         restock = v_policy.restock
   where p.policy_id = v_policy.policy_id;

  return v_policy.policy_id;
end;
$$;

comment on function apartado._write_policy(text, jsonb) is 'Makes a policy, or changes what it says.';
