-- depends: 0006.records
-- Rules in layers: policies that say only some things, classes of members, and drops with their waves.

alter table apartado.policies
  alter column hold drop not null,
  alter column active_limit drop not null,
  alter column queue_limit drop not null,
  add column if not exists hold_cap interval,
  add column if not exists extension_limit integer,
  add column if not exists extension_total interval,
  add column if not exists extend_while_wanted boolean,
  add column if not exists payment_window interval,
  add column if not exists late_confirm boolean,
  add column if not exists item_limit integer,
  add column if not exists drop_limit integer,
  add column if not exists promotion text,
  add column if not exists offer_window interval,
  add column if not exists missed text,
  add column if not exists fit text,
  add column if not exists passed_limit integer,
  add column if not exists priority integer,
  add column if not exists low_stock integer,
  add column if not exists paranoia boolean;

update apartado.policies
   set hold_cap = interval '672 hours', extension_limit = 3, extension_total = interval '504 hours', extend_while_wanted = false,
       payment_window = interval '30 minutes', late_confirm = false, promotion = 'direct', offer_window = interval '24 hours',
       missed = 'drop', fit = 'strict', passed_limit = 10, priority = 0, paranoia = true
 where name = 'default' and promotion is null;

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
  add constraint policy_default_says_everything check (
    name <> 'default' or num_nulls(hold, active_limit, queue_limit, hold_cap, extension_limit, extension_total, extend_while_wanted,
      payment_window, late_confirm, promotion, offer_window, missed, fit, passed_limit, priority, paranoia) = 0),
  add constraint policy_lengths_are_possible check (
    least(hold_cap, payment_window, offer_window) > interval '0'
    and greatest(hold_cap, payment_window, offer_window, extension_total) <= interval '8784 hours'
    and extension_total >= interval '0'),
  add constraint policy_lengths_are_in_hours_and_seconds check (
    coalesce(extract(day from hold_cap), 0) = 0 and coalesce(extract(month from hold_cap), 0) = 0
    and coalesce(extract(day from extension_total), 0) = 0 and coalesce(extract(month from extension_total), 0) = 0
    and coalesce(extract(day from payment_window), 0) = 0 and coalesce(extract(month from payment_window), 0) = 0
    and coalesce(extract(day from offer_window), 0) = 0 and coalesce(extract(month from offer_window), 0) = 0),
  add constraint policy_hold_is_within_its_cap check (hold <= hold_cap),
  add constraint policy_payment_window_is_within_the_cap check (payment_window <= hold_cap),
  add constraint policy_extensions_are_possible check (extension_limit >= 0 and (extension_limit > 0 or extension_total is null or extension_total = interval '0')),
  add constraint policy_limits_are_positive check (least(item_limit, drop_limit, passed_limit) > 0),
  add constraint policy_promotion_is_known check (promotion in ('direct', 'offer')),
  add constraint policy_missed_is_known check (missed in ('drop', 'back', 'keep')),
  add constraint policy_fit_is_known check (fit in ('strict', 'fit', 'partial')),
  add constraint policy_priority_is_small check (priority between -1000 and 1000),
  add constraint policy_low_stock_is_not_negative check (low_stock >= 0);

comment on table apartado.policies is 'How long, how many, in which order. A policy says only some things, null being nothing; ''default'' says everything. Of the policies that govern a unit and a member, the first that says a thing is right: the member''s class, the drop, the item, the location, the default.';
comment on column apartado.policies.hold_cap is 'No reservation lives longer than this from its beginning, whatever extends it.';
comment on column apartado.policies.extension_limit is 'How often a reservation may be extended.';
comment on column apartado.policies.extension_total is 'By how much altogether.';
comment on column apartado.policies.extend_while_wanted is 'Whether a reservation may be extended while people wait for the item.';
comment on column apartado.policies.payment_window is 'Where begin_payment moves the deadline to, from that moment on.';
comment on column apartado.policies.late_confirm is 'Whether a reservation that expired may still be confirmed, when its units are free and nobody waits.';
comment on column apartado.policies.item_limit is 'Units of one item that a member may hold and wait for at once, over all locations; null: no limit.';
comment on column apartado.policies.drop_limit is 'Units of one drop that a member may hold and have bought altogether; null: no limit.';
comment on column apartado.policies.promotion is 'direct: who is next gets a reservation. offer: they are asked first, and have offer_window to answer.';
comment on column apartado.policies.missed is 'What an offer costs that was not answered: drop (the place), back (to the end of the queue), keep (the place, suspended until the member resumes).';
comment on column apartado.policies.fit is 'strict: an entry that wants more than is free is waited for. fit: who wants no more than is free is served past it, passed_limit times at most. partial: the head is served with what is free, and the rest of its wish ends.';
comment on column apartado.policies.passed_limit is 'How often an entry may be passed under fit; after that it is waited for.';
comment on column apartado.policies.priority is 'Entries with more are served before those with less; taken when joining.';
comment on column apartado.policies.low_stock is 'stock.low is told when no more than so many are free; null: never.';
comment on column apartado.policies.paranoia is 'Whether counters are compared with rows at every commit. Only for very hot stock to be switched off.';

alter table apartado.locations
  drop constraint if exists location_follows_a_policy,
  add column if not exists policy_id bigint,
  add constraint location_follows_a_policy foreign key (policy_id) references apartado.policies;

create table if not exists apartado.member_classes (
  class_id  bigint generated always as identity,
  code      text not null,
  policy_id bigint,
  constraint member_classes_pkey primary key (class_id),
  constraint member_class_code_is_unique unique (code),
  constraint member_class_code_is_short check (code ~ '^[a-z0-9_][a-z0-9_.-]{0,63}$'),
  constraint member_class_follows_a_policy foreign key (policy_id) references apartado.policies
);

comment on table apartado.member_classes is 'A kind of member with a policy of its own: vip.';

alter table apartado.members
  drop constraint if exists member_is_of_a_class,
  add column if not exists class_id bigint,
  add constraint member_is_of_a_class foreign key (class_id) references apartado.member_classes;

alter table apartado.member_turns
  add column if not exists class_id bigint;

comment on column apartado.member_turns.class_id is 'As in members, carried here by a trigger, because a command reads this row anyway.';

create table if not exists apartado.drops (
  drop_id     bigint generated always as identity,
  title       text not null,
  opens_at    timestamptz not null,
  closes_at   timestamptz not null default 'infinity',
  policy_id   bigint,
  opened_at   timestamptz,
  closed_at   timestamptz,
  created_at  timestamptz not null,
  constraint drops_pkey primary key (drop_id),
  constraint drop_title_is_not_blank check (btrim(title) <> '' and length(title) <= 1000),
  constraint drop_closes_after_its_opening check (closes_at > opens_at),
  constraint drop_opening_is_finite check (isfinite(opens_at)),
  constraint drop_follows_a_policy foreign key (policy_id) references apartado.policies
);

comment on table apartado.drops is 'A limited release: its items can be had from opens_at until closes_at, by the clock of the database. No job is needed for that.';
comment on column apartado.drops.opened_at is 'When drop.opened was told, for the opening that is set now; null: not yet. Only the telling waits for a job.';
comment on column apartado.drops.closed_at is 'When drop.closed was told, for the closing that is set now; null: not yet.';

create index if not exists drops_to_tell on apartado.drops (opens_at, drop_id) where opened_at is null or closed_at is null;

alter table apartado.items
  drop constraint if exists item_is_of_a_drop,
  add column if not exists drop_id bigint,
  add constraint item_is_of_a_drop foreign key (drop_id) references apartado.drops;

create index if not exists items_of_a_drop on apartado.items (drop_id) where drop_id is not null;

comment on column apartado.items.drop_id is 'The drop that it is released in; null: none.';

create table if not exists apartado.waves (
  wave_id     bigint generated always as identity,
  drop_id     bigint not null,
  stock_id    bigint not null,
  quantity    integer not null,
  due_at      timestamptz not null,
  released_at timestamptz,
  constraint waves_pkey primary key (wave_id),
  constraint wave_is_of_a_drop foreign key (drop_id) references apartado.drops,
  constraint wave_is_of_a_stock foreign key (stock_id) references apartado.stock,
  constraint wave_quantity_is_positive check (quantity > 0),
  constraint wave_time_is_finite check (isfinite(due_at))
);

create index if not exists waves_due_of_a_stock on apartado.waves (stock_id, due_at) include (quantity) where released_at is null;
create index if not exists waves_due on apartado.waves (due_at, stock_id) where released_at is null;

comment on table apartado.waves is 'Units that come to a stock row at a set time. From due_at on they are there, for every read and write; released_at says when they were counted in.';

alter table apartado.stock
  add column if not exists drop_id bigint,
  add column if not exists opens_at timestamptz not null default '-infinity',
  add column if not exists closes_at timestamptz not null default 'infinity',
  add column if not exists item_limit integer,
  add column if not exists drop_limit integer,
  add column if not exists offer_window interval,
  add column if not exists missed text not null default 'drop',
  add column if not exists fit text not null default 'strict',
  add column if not exists passed_limit integer not null default 10,
  add column if not exists low_stock integer,
  add column if not exists paranoia boolean not null default true,
  add column if not exists queue_paused_at timestamptz,
  add column if not exists queue_pause_reason text,
  add column if not exists unserved boolean not null default false;

comment on column apartado.stock.opens_at is 'Of its drop. Carried here like the other rules.';
comment on column apartado.stock.offer_window is 'How long an offer lasts; null: promotion is direct.';
comment on column apartado.stock.queue_paused_at is 'Since when an operator has the queue stand still; null: it moves.';
comment on column apartado.stock.queue_pause_reason is 'Why, for those who wait.';
comment on column apartado.stock.unserved is 'A settling stopped at its bound: units are free and people wait for them. The next command goes on, or the job. Changes seldom, and so may be indexed.';
comment on column apartado.stock.next_due_at is 'No deadline of this row (a reservation''s or an offer''s end, an entry''s "not needed after", a wave, the drop''s opening and closing) lies before it: until then nothing needs settling.';

create index if not exists stock_unserved on apartado.stock (stock_id) where unserved;
create index if not exists stock_of_a_drop on apartado.stock (drop_id) where drop_id is not null;

alter table apartado.events
  add column if not exists drop_id bigint;

comment on column apartado.events.drop_id is 'The drop that the stock row belonged to, where the event is about a drop.';

create table if not exists apartado.rule_gates (
  gate     integer not null,
  passages bigint not null default 0,
  constraint rule_gates_pkey primary key (gate)
) with (fillfactor = 50);

insert into apartado.rule_gates (gate)
select generate_series(0, 15)
    on conflict do nothing;

comment on table apartado.rule_gates is 'Who brings something under the rules (new stock, an item that follows another policy or drop, a member who joins a class) passes one gate; who changes rules closes all of them. So a change never misses what comes under it meanwhile, at any isolation level, and imports do not wait for each other.';

alter table apartado.rule_gates enable row level security;
alter table apartado.member_classes enable row level security;
alter table apartado.drops enable row level security;
alter table apartado.waves enable row level security;

alter table apartado.stock_tallies
  add column if not exists low boolean not null default false;

comment on column apartado.stock_tallies.low is 'Whether no more units were free than the policy''s low_stock when that was looked at last: stock.low and stock.recovered are told when it changes.';

drop index if exists apartado.purchases_of_a_stock;
create index if not exists purchases_of_a_stock on apartado.purchases (stock_id, purchase_id);

-- why the numbers of one stock row changed; costs a reservation about one percent
create index if not exists events_of_a_stock on apartado.events (stock_id, event_id) where stock_id is not null;
