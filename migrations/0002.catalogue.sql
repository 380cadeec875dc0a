-- depends: 0001.people
-- What is for sale and under which rules: policies, locations, currencies, items.

create table if not exists apartado.policies (
  policy_id    bigint generated always as identity,
  name         text not null,
  hold         interval not null,
  active_limit integer not null,
  queue_limit  integer not null,
  constraint policies_pkey primary key (policy_id),
  constraint policy_name_is_unique unique (name),
  constraint policy_name_is_short check (name ~ '^[a-z0-9_][a-z0-9_.-]{0,63}$'),
  constraint policy_hold_is_positive check (hold > interval '0'),
  constraint policy_hold_is_at_most_a_year check (hold <= interval '8784 hours'),
  constraint policy_hold_is_in_hours_and_seconds check (extract(day from hold) = 0 and extract(month from hold) = 0 and extract(year from hold) = 0),
  constraint policy_active_limit_is_positive check (active_limit > 0),
  constraint policy_queue_limit_is_not_negative check (queue_limit >= 0)
);

comment on table apartado.policies is 'How long, how many. Every item names one; ''default'' is always there.';
comment on column apartado.policies.hold is 'How long a reservation lasts. Hours and seconds only: a day is 23 or 25 hours twice a year.';
comment on column apartado.policies.active_limit is 'Active reservations and queue places that one member may have at once, over all items.';
comment on column apartado.policies.queue_limit is 'Entries that one queue may hold.';

insert into apartado.policies (name, hold, active_limit, queue_limit)
  select 'default', interval '168 hours', 5, 1000
   where not exists (select from apartado.policies where name = 'default');

create table if not exists apartado.locations (
  location_id bigint generated always as identity,
  code        text not null,
  name        text not null,
  constraint locations_pkey primary key (location_id),
  constraint location_code_is_unique unique (code),
  constraint location_code_is_short check (code ~ '^[a-z0-9_][a-z0-9_.-]{0,63}$'),
  constraint location_name_is_not_blank check (btrim(name) <> '')
);

comment on table apartado.locations is 'A shop, a till, a warehouse. ''main'' is always there.';

insert into apartado.locations (code, name)
  values ('main', 'Main')
  on conflict do nothing;

create table if not exists apartado.currencies (
  currency text not null,
  digits   integer not null,
  constraint currencies_pkey primary key (currency),
  constraint currency_is_three_letters check (currency ~ '^[A-Z]{3}$'),
  constraint currency_digits_are_possible check (digits between 0 and 4)
);

comment on table apartado.currencies is 'ISO 4217 codes with their number of decimal digits. Contents: sql/currencies.sql.';

create table if not exists apartado.items (
  item_id          bigint generated always as identity,
  sku              text not null,
  title            text not null,
  price            numeric,
  currency         text not null default 'EUR',
  condition        text,
  sleeve_condition text,
  visible          boolean not null default true,
  for_sale         boolean not null default true,
  restock          boolean not null default true,
  policy_id        bigint not null,
  year             integer,
  country          text,
  styles           text[] not null default '{}',
  genres           text[] not null default '{}',
  needs_audio      boolean not null default false,
  notes            text,
  admin_notes      text,
  created_at       timestamptz not null,
  changed_at       timestamptz not null,
  constraint items_pkey primary key (item_id),
  constraint item_sku_is_unique unique (sku),
  constraint item_sku_is_not_blank check (btrim(sku) <> '' and length(sku) <= 200),
  constraint item_title_is_not_blank check (btrim(title) <> '' and length(title) <= 1000),
  constraint item_price_is_not_negative check (price >= 0 and price < 1e12),
  constraint item_currency_is_known foreign key (currency) references apartado.currencies,
  constraint item_follows_a_policy foreign key (policy_id) references apartado.policies,
  constraint item_year_is_possible check (year between 1000 and 9999),
  constraint item_styles_are_known check (array_position(styles, null) is null),
  constraint item_genres_are_known check (array_position(genres, null) is null)
) with (fillfactor = 90);

comment on table apartado.items is 'One sellable thing: a single record, or one size of a shoe. Its units are in stock.';
comment on column apartado.items.price is 'In units of the currency, with the currency''s digits; null: not priced yet.';
comment on column apartado.items.visible is 'False: unknown to everyone but operators and whoever holds it.';
comment on column apartado.items.for_sale is 'False: shown, but refuses reservations (RS309).';
comment on column apartado.items.restock is 'Whether more units may come. False: its queue closes when the last unit is sold.';
comment on column apartado.items.needs_audio is 'The listing still lacks a sound sample.';
comment on column apartado.items.admin_notes is 'For operators only.';

alter table apartado.policies enable row level security;
alter table apartado.locations enable row level security;
alter table apartado.currencies enable row level security;
alter table apartado.items enable row level security;
