alter table apartado.stock
  drop column if exists offering;

drop index if exists apartado.reservations_that_yield;

alter table apartado.reservations
  drop constraint if exists reservation_was_handed_on,
  drop column if exists extensions,
  drop column if exists extended,
  drop column if exists payment_began_at,
  drop column if exists yields,
  drop column if exists transferred_from;

drop table if exists apartado.queue_blocks;

drop index if exists apartado.queue_entry_is_one_per_member;
drop index if exists apartado.queue_entries_in_order;
drop index if exists apartado.queue_entries_offered_of_a_stock;
drop index if exists apartado.queue_entries_offered;
drop index if exists apartado.queue_entries_served;
drop index if exists apartado.queue_entries_served_again;
drop index if exists apartado.queue_entries_of_a_wish;
drop index if exists apartado.queue_entries_of_wishes;
drop index if exists apartado.queue_entries_not_needed_after_of_a_stock;
drop index if exists apartado.queue_entries_not_needed_after;

-- what the older tables cannot say: offers and suspended entries wait again, missed ones were removed
alter table apartado.queue_entries disable trigger user;
update apartado.queue_entries set status = 'waiting', offered_until = null, offered_quantity = null where status in ('offered', 'suspended');
update apartado.queue_entries set status = 'removed' where status = 'missed';
alter table apartado.queue_entries enable trigger user;

alter table apartado.queue_entries
  drop constraint if exists queue_entry_is_of_a_wish,
  drop constraint if exists queue_entry_state_is_whole,
  drop column if exists priority,
  drop column if exists rank,
  drop column if exists waiting_since,
  drop column if exists offered_until,
  drop column if exists offered_quantity,
  drop column if exists wish_id,
  drop column if exists served_at,
  drop column if exists served_rank,
  drop column if exists served_before,
  drop column if exists ranks_before,
  drop column if exists moves,
  add constraint queue_entry_status_is_known check (status in ('waiting', 'promoted', 'left', 'removed', 'closed')),
  add constraint queue_entry_is_closed_once_it_waits_no_more check ((closed_at is null) = (status = 'waiting'));

create unique index queue_entry_is_one_per_member on apartado.queue_entries (stock_id, member_id) where status = 'waiting';
create unique index queue_entries_in_order on apartado.queue_entries (stock_id, ticket) include (quantity) where status = 'waiting';
create index queue_entries_not_needed_after_of_a_stock on apartado.queue_entries (stock_id, needed_until) where status = 'waiting' and needed_until is not null;
create index queue_entries_not_needed_after on apartado.queue_entries (needed_until, stock_id) where status = 'waiting' and needed_until is not null;

comment on table apartado.queue_entries is 'A place in the queue of a stock row. The order is the ticket; positions are counted, never stored. Closed, never deleted.';
comment on column apartado.queue_entries.ticket is null;
comment on column apartado.queue_entries.reason is 'Why it was removed or closed, for the member to read.';

drop table if exists apartado.wishes;
