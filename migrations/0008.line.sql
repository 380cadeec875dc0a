-- depends: 0007.policies
-- Queues that know more than who came first: offers, suspension, priority, moves, wishes over several items; and
-- reservations that are extended, paid for, offered to others or handed on.

create table if not exists apartado.wishes (
  wish_id    bigint generated always as identity,
  member_id  bigint not null,
  created_at timestamptz not null,
  closed_at  timestamptz,
  constraint wishes_pkey primary key (wish_id),
  constraint wish_belongs_to_a_member foreign key (member_id) references apartado.members
);

comment on table apartado.wishes is 'One wish over several items: an entry in each of their queues. The first that is served closes it, and the others are dead from that commit on; they are written off when their stock is next locked.';

alter table apartado.wishes enable row level security;

alter table apartado.stock
  add column if not exists offering boolean not null default false;

comment on column apartado.stock.offering is 'There may be open offers, which queue_length does not count: reserve has to look. Cleared when the last has ended and something else is due.';

alter table apartado.queue_entries
  add column if not exists priority integer not null default 0,
  add column if not exists rank numeric,
  add column if not exists waiting_since timestamptz,
  add column if not exists offered_until timestamptz,
  add column if not exists offered_quantity integer,
  add column if not exists wish_id bigint,
  add column if not exists served_at timestamptz,
  add column if not exists served_rank numeric,
  add column if not exists served_before timestamptz[],
  add column if not exists ranks_before numeric[],
  add column if not exists moves integer not null default 0;

-- also of those that are closed, which triggers keep as they are
alter table apartado.queue_entries disable trigger user;
update apartado.queue_entries
   set rank = ticket, waiting_since = joined_at, served_at = case status when 'promoted' then closed_at end,
       served_rank = case status when 'promoted' then ticket end
 where rank is null;
alter table apartado.queue_entries enable trigger user;

alter table apartado.queue_entries
  drop constraint if exists queue_entry_is_of_a_wish,
  drop constraint if exists queue_entry_state_is_whole,
  alter column rank set not null,
  alter column waiting_since set not null,
  drop constraint if exists queue_entry_status_is_known,
  drop constraint if exists queue_entry_is_closed_once_it_waits_no_more,
  add constraint queue_entry_is_of_a_wish foreign key (wish_id) references apartado.wishes,
  -- one and broad, because it is parsed anew by every statement that writes the row
  add constraint queue_entry_state_is_whole check (
    case when status in ('waiting', 'suspended') then num_nonnulls(closed_at, offered_until, offered_quantity) = 0
         when status = 'offered' then closed_at is null and offered_until is not null and offered_quantity between 1 and quantity
         else closed_at is not null and status in ('promoted', 'left', 'missed', 'removed', 'closed') end);

drop index if exists apartado.queue_entry_is_one_per_member;
create unique index if not exists queue_entry_is_one_per_member on apartado.queue_entries (stock_id, member_id) where status in ('waiting', 'offered', 'suspended');
drop index if exists apartado.queue_entries_in_order;
create unique index if not exists queue_entries_in_order on apartado.queue_entries (stock_id, priority desc, rank) include (quantity) where status in ('waiting', 'suspended');
create index if not exists queue_entries_offered_of_a_stock on apartado.queue_entries (stock_id, offered_until) include (offered_quantity) where status = 'offered';
create index if not exists queue_entries_offered on apartado.queue_entries (offered_until, stock_id) where status = 'offered';
create index if not exists queue_entries_served on apartado.queue_entries (stock_id, served_at) include (priority, served_rank) where served_at is not null;
create index if not exists queue_entries_served_again on apartado.queue_entries (stock_id, served_at) where served_before is not null;
create index if not exists queue_entries_of_a_wish on apartado.queue_entries (wish_id) where wish_id is not null and status in ('waiting', 'offered', 'suspended');
create index if not exists queue_entries_of_wishes on apartado.queue_entries (stock_id) where wish_id is not null and status in ('waiting', 'offered', 'suspended');
drop index if exists apartado.queue_entries_not_needed_after_of_a_stock;
create index if not exists queue_entries_not_needed_after_of_a_stock on apartado.queue_entries (stock_id, needed_until) where status in ('waiting', 'offered', 'suspended') and needed_until is not null;
drop index if exists apartado.queue_entries_not_needed_after;
create index if not exists queue_entries_not_needed_after on apartado.queue_entries (needed_until, stock_id) where status in ('waiting', 'offered', 'suspended') and needed_until is not null;

comment on table apartado.queue_entries is 'A place in the queue of a stock row. The order is priority, then rank; positions are counted, never stored. Closed, never deleted.';
comment on column apartado.queue_entries.ticket is 'Taken when joining, under the lock of the stock row; never changes.';
comment on column apartado.queue_entries.rank is 'Where it stands among entries of its priority: the ticket, until it is moved or goes to the back.';
comment on column apartado.queue_entries.waiting_since is 'Since when it could have been served: who is served past it since then passes it.';
comment on column apartado.queue_entries.served_at is 'When it was promoted, or last had an offer; null: never.';
comment on column apartado.queue_entries.served_rank is 'Where it stood then, for those whom it passed.';
comment on column apartado.queue_entries.served_before is 'When it had offers that it missed, before the last.';
comment on column apartado.queue_entries.ranks_before is 'Where it stood when it had them.';
comment on column apartado.queue_entries.moves is 'How often an operator moved it.';
comment on column apartado.queue_entries.offered_until is 'Until when an offer may be accepted.';
comment on column apartado.queue_entries.offered_quantity is 'Units set aside for the offer; they count as reserved.';
comment on column apartado.queue_entries.reason is 'Why it was moved, removed, suspended or closed, for the member to read.';

create table if not exists apartado.queue_blocks (
  stock_id bigint not null,
  priority integer not null,
  block    bigint not null,
  entries  integer not null,
  constraint queue_blocks_pkey primary key (stock_id, priority, block),
  constraint queue_block_is_of_a_stock foreign key (stock_id) references apartado.stock
) with (fillfactor = 70);

comment on table apartado.queue_blocks is 'How many wait in each block of 128 ranks, counted by triggers, so that a position among 100,000 is the sum of some hundred numbers.';

alter table apartado.queue_blocks enable row level security;

insert into apartado.queue_blocks (stock_id, priority, block, entries)
select q.stock_id, q.priority, div(q.rank, 128)::bigint, count(*)
  from apartado.queue_entries q
 where q.status = 'waiting'
 group by 1, 2, 3
  on conflict do nothing;

alter table apartado.reservations
  drop constraint if exists reservation_was_handed_on,
  add column if not exists extensions integer not null default 0,
  add column if not exists extended interval not null default interval '0',
  add column if not exists payment_began_at timestamptz,
  add column if not exists yields boolean not null default false,
  add column if not exists transferred_from bigint,
  add constraint reservation_was_handed_on foreign key (transferred_from) references apartado.reservations;

create index if not exists reservations_that_yield on apartado.reservations (stock_id) where status = 'active' and yields;

comment on column apartado.reservations.extensions is 'How often it was extended.';
comment on column apartado.reservations.extended is 'By how much altogether.';
comment on column apartado.reservations.payment_began_at is 'When its holder began to pay; null: not yet.';
comment on column apartado.reservations.yields is 'Its holder lets it go as soon as somebody wants it, and keeps it until then.';
comment on column apartado.reservations.transferred_from is 'The reservation that was handed on to this member; null: none.';

-- Functions whose results changed; the files of today make them anew.
drop function if exists apartado._take_turn(text);
drop function if exists apartado._settled(apartado.stock, timestamptz);
drop function if exists apartado._own_claim(bigint, bigint);
drop function if exists apartado._settle(apartado.stock, timestamptz);
drop function if exists apartado._told(bigint, integer, bigint, boolean, bigint[], text);
drop function if exists apartado.list_events(text, bigint, integer, bigint[], text);
drop function if exists apartado.tail_events(bigint, integer);
