-- depends: 0013.dashboard
-- What somebody means to have: carts, the orders that come of them, and the line in front of a till.

alter table apartado.policies
  drop constraint if exists policy_default_says_what_carts_are,
  drop constraint if exists policy_cart_is_known,
  add column if not exists cart text;

-- nothing that stock rows carry
alter table apartado.policies disable trigger user;
-- the code that carries it to the stock rows is not that of these tables yet
alter table apartado.policies disable trigger user;
update apartado.policies
   set cart = 'soft'
 where name = 'default' and cart is null;
alter table apartado.policies enable trigger user;
alter table apartado.policies enable trigger user;

alter table apartado.policies
  add constraint policy_default_says_what_carts_are check (name <> 'default' or cart is not null),
  add constraint policy_cart_is_known check (cart in ('soft', 'hard'));

comment on column apartado.policies.cart is 'soft: a cart sets nothing aside. hard: what is put into it is reserved, and what is taken out is given back.';

alter table apartado.locations
  add column if not exists phone text;

alter table apartado.locations
  drop constraint if exists location_phone_is_digits,
  add constraint location_phone_is_digits check (phone ~ '^[1-9][0-9]{6,14}$');

comment on column apartado.locations.phone is 'Where orders may be sent to, with the code of its country and without a sign; null: nowhere.';

create table if not exists apartado.carts (
  cart_id           bigint generated always as identity,
  member_id         bigint,
  device_hash       bytea,
  location_id       bigint not null,
  status            text not null default 'active',
  version           bigint not null default 1,
  created_at        timestamptz not null,
  last_validated_at timestamptz,
  closed_at         timestamptz,
  merged_into       bigint,
  constraint carts_pkey primary key (cart_id),
  constraint cart_is_of_a_member foreign key (member_id) references apartado.members,
  constraint cart_is_at_a_location foreign key (location_id) references apartado.locations,
  constraint cart_was_merged_into_a_cart foreign key (merged_into) references apartado.carts,
  constraint cart_is_of_a_member_or_of_a_device check (num_nonnulls(member_id, device_hash) = 1),
  constraint cart_device_is_a_sha256 check (length(device_hash) = 32),
  constraint cart_status_is_known check (
    case when status = 'merged' then num_nulls(closed_at, merged_into) = 0 and merged_into <> cart_id
         else num_nonnulls(closed_at, merged_into) = 0 and status in ('active', 'imported') end)
) with (fillfactor = 80);

create unique index if not exists cart_is_one_per_member_and_location on apartado.carts (member_id, location_id) where status = 'active';
create unique index if not exists cart_is_one_per_device_and_location on apartado.carts (device_hash, location_id) where status = 'active';
create index if not exists carts_to_merge on apartado.carts (cart_id) where status = 'imported';

comment on table apartado.carts is 'What a member, or a device without one, means to have at a location. One is active; others were merged into it, or came from elsewhere (imported) and wait for merge_carts.';
comment on column apartado.carts.device_hash is 'sha256 of the token that the device made for itself. The token is never stored.';
comment on column apartado.carts.version is 'Grows with every command that took the row''s lock.';
comment on column apartado.carts.last_validated_at is 'When its owner was last told, by validate_cart, what had changed.';

create table if not exists apartado.cart_lines (
  cart_id        bigint not null,
  stock_id       bigint not null,
  quantity       integer not null,
  reservation_id bigint,
  seen_price     numeric,
  added_at       timestamptz not null,
  left_at        timestamptz,
  reason         text,
  constraint cart_lines_pkey primary key (cart_id, stock_id),
  constraint cart_line_is_in_a_cart foreign key (cart_id) references apartado.carts,
  constraint cart_line_is_of_a_stock foreign key (stock_id) references apartado.stock,
  constraint cart_line_is_set_aside foreign key (reservation_id) references apartado.reservations,
  constraint cart_line_quantity_is_positive check (quantity > 0),
  constraint cart_line_left_for_a_reason check (
    num_nulls(left_at, reason) in (0, 2) and (left_at is null or reservation_id is not null)
    and (reason is null or reason in ('expired', 'cancelled', 'revoked')))
) with (fillfactor = 80);

create unique index if not exists cart_line_of_a_reservation on apartado.cart_lines (reservation_id) where reservation_id is not null;

comment on table apartado.cart_lines is 'So many of an item in a cart. Taken away when it was ordered or taken out: what came of it stands in orders and events.';
comment on column apartado.cart_lines.reservation_id is 'The reservation that putting it in made, where the policy says hard; null: nothing is set aside. While that is active both have the same quantity.';
comment on column apartado.cart_lines.seen_price is 'What one cost when the owner was last shown it: when put in, or at the last validation.';
comment on column apartado.cart_lines.left_at is 'When it fell out of the cart, because its reservation ended. Kept until its owner was told by validate_cart.';
comment on column apartado.cart_lines.reason is 'How that reservation ended.';

create table if not exists apartado.orders (
  order_id    bigint generated always as identity,
  member_id   bigint,
  location_id bigint not null,
  cart_id     bigint,
  reference   text,
  placed_at   timestamptz not null,
  constraint orders_pkey primary key (order_id),
  constraint order_belongs_to_a_member foreign key (member_id) references apartado.members,
  constraint order_is_at_a_location foreign key (location_id) references apartado.locations,
  constraint order_came_from_a_cart foreign key (cart_id) references apartado.carts,
  constraint order_reference_is_short check (length(reference) <= 500)
);

create index if not exists orders_of_a_member on apartado.orders (member_id, order_id);

comment on table apartado.orders is 'Several purchases made as one. Never changed, never deleted.';
comment on column apartado.orders.member_id is 'Null: of a device whose person is not known.';
comment on column apartado.orders.reference is 'The shop''s own number for it.';

create table if not exists apartado.order_lines (
  order_id    bigint not null,
  line        integer not null,
  purchase_id bigint not null,
  stock_id    bigint not null,
  sku         text not null,
  description text not null,
  quantity    integer not null,
  price       numeric,
  currency    text not null,
  constraint order_lines_pkey primary key (order_id, line),
  constraint order_line_is_of_an_order foreign key (order_id) references apartado.orders,
  constraint order_line_is_a_purchase foreign key (purchase_id) references apartado.purchases,
  constraint order_line_is_of_a_stock foreign key (stock_id) references apartado.stock,
  constraint order_line_is_one_purchase unique (purchase_id),
  constraint order_line_figures_are_possible check (line > 0 and quantity > 0 and coalesce(price, 0) >= 0)
);

comment on table apartado.order_lines is 'A purchase as a line of its order, in the words and at the price of that moment.';
comment on column apartado.order_lines.description is 'Artists, title and catalogue numbers as they were.';

create table if not exists apartado.walk_in_queues (
  location_id bigint not null,
  next_ticket bigint not null default 1,
  version     bigint not null default 1,
  constraint walk_in_queues_pkey primary key (location_id),
  constraint walk_in_queue_is_at_a_location foreign key (location_id) references apartado.locations,
  constraint walk_in_queue_ticket_is_positive check (next_ticket > 0)
) with (fillfactor = 50);

comment on table apartado.walk_in_queues is 'The line in front of a location: the row that joining, leaving and serving lock and bump.';

create table if not exists apartado.walk_in_entries (
  walk_in_entry_id bigint generated always as identity,
  location_id      bigint not null,
  cart_id          bigint not null,
  ticket           bigint not null,
  status           text not null default 'waiting',
  joined_at        timestamptz not null,
  closed_at        timestamptz,
  constraint walk_in_entries_pkey primary key (walk_in_entry_id),
  constraint walk_in_entry_is_in_a_queue foreign key (location_id) references apartado.walk_in_queues,
  constraint walk_in_entry_has_a_cart foreign key (cart_id) references apartado.carts,
  constraint walk_in_entry_ticket_is_unique unique (location_id, ticket),
  constraint walk_in_entry_status_is_known check (
    case when status = 'waiting' then closed_at is null else closed_at is not null and status in ('served', 'left') end)
) with (fillfactor = 80);

create unique index if not exists walk_in_entry_is_one_per_cart on apartado.walk_in_entries (cart_id) where status = 'waiting';
create index if not exists walk_in_entries_in_order on apartado.walk_in_entries (location_id, ticket) where status = 'waiting';

comment on table apartado.walk_in_entries is 'Somebody who stands in front of a location, with their cart. The order is the ticket; positions are counted, never stored.';

alter table apartado.carts enable row level security;
alter table apartado.cart_lines enable row level security;
alter table apartado.orders enable row level security;
alter table apartado.order_lines enable row level security;
alter table apartado.walk_in_queues enable row level security;
alter table apartado.walk_in_entries enable row level security;
