-- _policy_of: what holds for the units of an item at a location, and for a member of a class, of all policies together.
--
-- Gives   one policy that says everything; policy_id and name are null, because it is nobody's own
-- Notes   each value comes from the first layer that says it (_policy_layers)
create or replace function apartado._policy_of(p_item bigint, p_location_id bigint, p_class_id bigint default null)
  returns apartado.policies
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_policy apartado.policies;
begin
  select
         (array_agg((l.policy).hold order by l.layer) filter (where (l.policy).hold is not null))[1],
         (array_agg((l.policy).active_limit order by l.layer) filter (where (l.policy).active_limit is not null))[1],
         (array_agg((l.policy).queue_limit order by l.layer) filter (where (l.policy).queue_limit is not null))[1],
         (array_agg((l.policy).hold_cap order by l.layer) filter (where (l.policy).hold_cap is not null))[1],
         (array_agg((l.policy).extension_limit order by l.layer) filter (where (l.policy).extension_limit is not null))[1],
         (array_agg((l.policy).extension_total order by l.layer) filter (where (l.policy).extension_total is not null))[1],
         (array_agg((l.policy).extend_while_wanted order by l.layer) filter (where (l.policy).extend_while_wanted is not null))[1],
         (array_agg((l.policy).payment_window order by l.layer) filter (where (l.policy).payment_window is not null))[1],
         (array_agg((l.policy).late_confirm order by l.layer) filter (where (l.policy).late_confirm is not null))[1],
         (array_agg((l.policy).item_limit order by l.layer) filter (where (l.policy).item_limit is not null))[1],
         (array_agg((l.policy).drop_limit order by l.layer) filter (where (l.policy).drop_limit is not null))[1],
         (array_agg((l.policy).promotion order by l.layer) filter (where (l.policy).promotion is not null))[1],
         (array_agg((l.policy).offer_window order by l.layer) filter (where (l.policy).offer_window is not null))[1],
         (array_agg((l.policy).missed order by l.layer) filter (where (l.policy).missed is not null))[1],
         (array_agg((l.policy).fit order by l.layer) filter (where (l.policy).fit is not null))[1],
         (array_agg((l.policy).passed_limit order by l.layer) filter (where (l.policy).passed_limit is not null))[1],
         (array_agg((l.policy).priority order by l.layer) filter (where (l.policy).priority is not null))[1],
         (array_agg((l.policy).low_stock order by l.layer) filter (where (l.policy).low_stock is not null))[1],
         (array_agg((l.policy).expiring_soon order by l.layer) filter (where (l.policy).expiring_soon is not null))[1],
         (array_agg((l.policy).hide_sold order by l.layer) filter (where (l.policy).hide_sold is not null))[1],
         (array_agg((l.policy).paranoia order by l.layer) filter (where (l.policy).paranoia is not null))[1],
         (array_agg((l.policy).cart order by l.layer) filter (where (l.policy).cart is not null))[1],
         (array_agg((l.policy).restock order by l.layer) filter (where (l.policy).restock is not null))[1]
    into v_policy.hold, v_policy.active_limit, v_policy.queue_limit, v_policy.hold_cap, v_policy.extension_limit,
         v_policy.extension_total, v_policy.extend_while_wanted, v_policy.payment_window,
         v_policy.late_confirm, v_policy.item_limit, v_policy.drop_limit, v_policy.promotion,
         v_policy.offer_window, v_policy.missed, v_policy.fit, v_policy.passed_limit, v_policy.priority,
         v_policy.low_stock, v_policy.expiring_soon, v_policy.hide_sold, v_policy.paranoia, v_policy.cart,
         v_policy.restock
    from apartado._policy_layers(p_item, p_location_id, p_class_id) l;

  return v_policy;
end;
$$;

comment on function apartado._policy_of(bigint, bigint, bigint) is 'What holds for the units of an item at a location, and for a member of a class, of all policies together.';
