drop index if exists apartado.events_of_a_stock;

drop index if exists apartado.purchases_of_a_stock;
create index if not exists purchases_of_a_stock on apartado.purchases (stock_id);

alter table apartado.stock_tallies
  drop column if exists low;

alter table apartado.events
  drop column if exists drop_id;

drop index if exists apartado.stock_unserved;
drop index if exists apartado.stock_of_a_drop;

alter table apartado.stock
  drop column if exists drop_id,
  drop column if exists opens_at,
  drop column if exists closes_at,
  drop column if exists item_limit,
  drop column if exists drop_limit,
  drop column if exists offer_window,
  drop column if exists missed,
  drop column if exists fit,
  drop column if exists passed_limit,
  drop column if exists low_stock,
  drop column if exists paranoia,
  drop column if exists queue_paused_at,
  drop column if exists unserved;

comment on column apartado.stock.next_due_at is 'No deadline of this row (a reservation''s end, an entry''s "not needed after") lies before it: until then nothing needs settling.';

drop table if exists apartado.waves;

alter table apartado.items
  drop constraint if exists item_is_of_a_drop,
  drop column if exists drop_id;

drop table if exists apartado.drops;

alter table apartado.member_turns
  drop column if exists class_id;

alter table apartado.members
  drop constraint if exists member_is_of_a_class,
  drop column if exists class_id;

drop table if exists apartado.member_classes;
drop table if exists apartado.rule_gates;

alter table apartado.locations
  drop constraint if exists location_follows_a_policy,
  drop column if exists policy_id;

-- what a policy does not say, the default said
update apartado.policies p
   set hold = coalesce(p.hold, d.hold),
       active_limit = coalesce(p.active_limit, d.active_limit),
       queue_limit = coalesce(p.queue_limit, d.queue_limit)
  from apartado.policies d
 where d.name = 'default';

alter table apartado.policies
  drop constraint if exists policy_default_says_everything,
  drop constraint if exists policy_lengths_are_possible,
  drop constraint if exists policy_lengths_are_in_hours_and_seconds,
  drop constraint if exists policy_hold_is_within_its_cap,
  drop constraint if exists policy_payment_window_is_within_the_cap,
  drop constraint if exists policy_extensions_are_possible,
  drop constraint if exists policy_limits_are_positive,
  drop constraint if exists policy_promotion_is_known,
  drop constraint if exists policy_missed_is_known,
  drop constraint if exists policy_fit_is_known,
  drop constraint if exists policy_priority_is_small,
  drop constraint if exists policy_low_stock_is_not_negative,
  drop column if exists hold_cap,
  drop column if exists extension_limit,
  drop column if exists extension_total,
  drop column if exists extend_while_wanted,
  drop column if exists payment_window,
  drop column if exists late_confirm,
  drop column if exists item_limit,
  drop column if exists drop_limit,
  drop column if exists promotion,
  drop column if exists offer_window,
  drop column if exists missed,
  drop column if exists fit,
  drop column if exists passed_limit,
  drop column if exists priority,
  drop column if exists low_stock,
  drop column if exists paranoia,
  alter column hold set not null,
  alter column active_limit set not null,
  alter column queue_limit set not null;

comment on table apartado.policies is 'How long, how many. Every item names one; ''default'' is always there.';
