-- depends: 0002.catalogue
-- What is set aside for whom: stock, reservations, queue entries, purchases.

create table if not exists apartado.stock (
  stock_id        bigint generated always as identity,
  item_id         bigint not null,
  location_id     bigint not null,
  total           integer not null,
  available       integer not null,
  reserved        integer not null default 0,
  sold            integer not null default 0,
  queue_length    integer not null default 0,
  next_ticket     bigint not null default 1,
  next_due_at     timestamptz not null default 'infinity',
  version         bigint not null default 1,
  vouched_version bigint not null default 0,
  open            boolean not null,
  price           numeric,
  currency        text not null,
  hold            interval not null,
  active_limit    integer not null,
  queue_limit     integer not null,
  restock         boolean not null,
  constraint stock_pkey primary key (stock_id),
  constraint stock_is_one_row_per_item_and_location unique (item_id, location_id),
  constraint stock_is_of_an_item foreign key (item_id) references apartado.items,
  constraint stock_is_at_a_location foreign key (location_id) references apartado.locations,
  -- one and broad, because it is parsed anew by every statement that writes the row
  constraint stock_adds_up check (total = available + reserved + sold and least(available, reserved, sold, queue_length) >= 0)
) with (fillfactor = 50);

comment on table apartado.stock is 'The units of an item at a location, and the row that every command about them locks and bumps first. No index on a counter: that would end HOT updates.';
comment on column apartado.stock.available is 'Units that nobody holds. While people wait they are kept for them.';
comment on column apartado.stock.queue_length is 'Entries that wait.';
comment on column apartado.stock.next_ticket is 'The ticket of the next entry to join; tickets order the queue and never change.';
comment on column apartado.stock.next_due_at is 'No deadline of this row (a reservation''s end, an entry''s "not needed after") lies before it: until then nothing needs settling.';
comment on column apartado.stock.version is 'Grows with every command that took the row''s lock.';
comment on column apartado.stock.vouched_version is 'The version whose counters were written together with their rows by a statement that the row triggers have compared already; other versions are compared at commit.';
comment on column apartado.stock.open is 'The item is visible and for sale. This and the columns after it are carried here from the item and its policy by triggers: all that a command must know is on the row that it locks, and a change of rules bumps every row it governs.';

create table if not exists apartado.queue_entries (
  queue_entry_id bigint generated always as identity,
  stock_id       bigint not null,
  member_id      bigint not null,
  quantity       integer not null,
  ticket         bigint not null,
  status         text not null default 'waiting',
  joined_at      timestamptz not null,
  needed_until   timestamptz,
  closed_at      timestamptz,
  reason         text,
  constraint queue_entries_pkey primary key (queue_entry_id),
  constraint queue_entry_is_for_a_stock foreign key (stock_id) references apartado.stock,
  constraint queue_entry_belongs_to_a_member foreign key (member_id) references apartado.members,
  constraint queue_entry_ticket_is_unique unique (stock_id, ticket),
  constraint queue_entry_ticket_is_positive check (ticket > 0),
  constraint queue_entry_quantity_is_positive check (quantity > 0),
  constraint queue_entry_status_is_known check (status in ('waiting', 'promoted', 'left', 'removed', 'closed')),
  constraint queue_entry_is_closed_once_it_waits_no_more check ((closed_at is null) = (status = 'waiting')),
  constraint queue_entry_is_needed_after_joining check (needed_until > joined_at)
) with (fillfactor = 80);

create unique index if not exists queue_entry_is_one_per_member on apartado.queue_entries (stock_id, member_id) where status = 'waiting';
create unique index if not exists queue_entries_in_order on apartado.queue_entries (stock_id, ticket) include (quantity) where status = 'waiting';
create index if not exists queue_entries_of_a_member on apartado.queue_entries (member_id, status);
create index if not exists queue_entries_not_needed_after_of_a_stock on apartado.queue_entries (stock_id, needed_until) where status = 'waiting' and needed_until is not null;
create index if not exists queue_entries_not_needed_after on apartado.queue_entries (needed_until, stock_id) where status = 'waiting' and needed_until is not null;

comment on table apartado.queue_entries is 'A place in the queue of a stock row. The order is the ticket; positions are counted, never stored. Closed, never deleted.';
comment on column apartado.queue_entries.needed_until is 'The member does not need it any more after this; null: always.';
comment on column apartado.queue_entries.reason is 'Why it was removed or closed, for the member to read.';

create table if not exists apartado.reservations (
  reservation_id bigint generated always as identity,
  stock_id       bigint not null,
  member_id      bigint not null,
  queue_entry_id bigint,
  quantity       integer not null,
  status         text not null default 'active',
  price          numeric,
  currency       text not null,
  reserved_at    timestamptz not null,
  expires_at     timestamptz not null,
  closed_at      timestamptz,
  reason         text,
  constraint reservations_pkey primary key (reservation_id),
  constraint reservation_is_of_a_stock foreign key (stock_id) references apartado.stock,
  constraint reservation_belongs_to_a_member foreign key (member_id) references apartado.members,
  constraint reservation_came_from_an_entry foreign key (queue_entry_id) references apartado.queue_entries,
  constraint reservation_status_is_known check (
    case when status = 'active' then closed_at is null
         else closed_at is not null and closed_at >= reserved_at and status in ('sold', 'expired', 'cancelled', 'revoked') end),
  constraint reservation_figures_are_possible check (
    quantity > 0 and coalesce(price, 0) >= 0 and expires_at > reserved_at and expires_at - reserved_at <= interval '366 days')
) with (fillfactor = 80);

create unique index if not exists reservation_is_one_per_member on apartado.reservations (stock_id, member_id) where status = 'active';
create index if not exists reservations_due_of_a_stock on apartado.reservations (stock_id, expires_at) include (quantity) where status = 'active';
create index if not exists reservations_due on apartado.reservations (expires_at, stock_id) where status = 'active';
create index if not exists reservations_of_a_member on apartado.reservations (member_id, status);

comment on table apartado.reservations is 'Units set aside for a member until a deadline. Past the deadline it is dead for every read and write, whether or not its status says so yet. Closed, never deleted.';
comment on column apartado.reservations.quantity is 'Units it holds; once closed, the units it held last.';
comment on column apartado.reservations.price is 'Of one unit, frozen when it was set aside.';
comment on column apartado.reservations.queue_entry_id is 'The queue entry whose promotion made it; null: reserved directly.';
comment on column apartado.reservations.reason is 'Why an operator revoked it, for the member to read.';

create table if not exists apartado.purchases (
  purchase_id    bigint generated always as identity,
  reservation_id bigint,
  stock_id       bigint not null,
  member_id      bigint,
  quantity       integer not null,
  price          numeric,
  currency       text not null,
  reference      text,
  notes          text,
  purchased_at   timestamptz not null,
  constraint purchases_pkey primary key (purchase_id),
  constraint purchase_is_of_a_stock foreign key (stock_id) references apartado.stock,
  constraint purchase_came_from_a_reservation foreign key (reservation_id) references apartado.reservations,
  constraint purchase_belongs_to_a_member foreign key (member_id) references apartado.members,
  constraint purchase_quantity_is_positive check (quantity > 0),
  constraint purchase_price_is_not_negative check (price >= 0),
  constraint purchase_reference_is_short check (length(reference) <= 500),
  constraint purchase_notes_are_short check (length(notes) <= 4000)
);

create index if not exists purchases_of_a_member on apartado.purchases (member_id, purchase_id);
create index if not exists purchases_of_a_stock on apartado.purchases (stock_id);
create index if not exists purchases_of_a_reservation on apartado.purchases (reservation_id) where reservation_id is not null;

comment on table apartado.purchases is 'A sale, recorded once. Never changed, never deleted.';
comment on column apartado.purchases.member_id is 'Null: sold over the counter to nobody in particular.';
comment on column apartado.purchases.reference is 'The shop''s own number for it: an order, a payment.';

create table if not exists apartado.stock_tallies (
  stock_id     bigint not null,
  reserved     integer not null default 0,
  sold         integer not null default 0,
  queue_length integer not null default 0,
  version      bigint not null default 0,
  suspect      boolean not null default false,
  constraint stock_tallies_pkey primary key (stock_id),
  constraint stock_tally_is_of_a_stock foreign key (stock_id) references apartado.stock
) with (fillfactor = 50);

comment on table apartado.stock_tallies is 'Double entry: triggers count the rows here, functions count in stock, and at commit both must agree. Nobody writes here by hand.';
comment on column apartado.stock_tallies.version is 'Of the stock row when its rows were counted last.';
comment on column apartado.stock_tallies.suspect is 'Rows were counted that no new version of the stock row announced, or that one vouched for, and the counters say something else: looked at again at commit.';

alter table apartado.stock enable row level security;
alter table apartado.queue_entries enable row level security;
alter table apartado.reservations enable row level security;
alter table apartado.purchases enable row level security;
alter table apartado.stock_tallies enable row level security;
