-- What an owner may try by hand. Each is refused, at once or at its commit.

update apartado.stock set available = available + 1, total = total + 1, version = version + 1, reserved = reserved + 1;
update apartado.stock set available = available - 1, reserved = reserved + 1, version = version + 1 where available > 0;
update apartado.stock set available = available - 1, sold = sold + 1, version = version + 1 where available > 0;
update apartado.stock set reserved = reserved - 1, available = available + 1, version = version + 1 where reserved > 0;
update apartado.stock set sold = sold - 1, available = available + 1, version = version + 1 where sold > 0;
update apartado.stock set queue_length = queue_length + 1, version = version + 1;
update apartado.stock set queue_length = 0, version = version + 1 where queue_length > 0;
update apartado.stock set available = -1, version = version + 1;
update apartado.stock set total = total + 5, version = version + 1;
update apartado.stock set version = version - 1;
update apartado.stock set next_ticket = 1, version = version + 1 where next_ticket > 1;
update apartado.stock set item_id = item_id + 1, version = version + 1;
delete from apartado.stock;
truncate apartado.stock cascade;
update apartado.reservations set status = 'cancelled', closed_at = clock_timestamp() where status = 'active';
update apartado.reservations set quantity = quantity + 1 where status = 'active';
update apartado.reservations set status = 'active', closed_at = null where status <> 'active';
update apartado.reservations set member_id = (select max(member_id) from apartado.members);
update apartado.reservations set price = price + 1;
insert into apartado.reservations (stock_id, member_id, quantity, price, currency, reserved_at, expires_at)
select s.stock_id, m.member_id, 1, 1, 'EUR', clock_timestamp(), clock_timestamp() + interval '1 hour'
  from apartado.stock s, apartado.members m
 where m.alias like 'hand%' limit 1;
delete from apartado.reservations;
truncate apartado.reservations cascade;
update apartado.queue_entries set status = 'left', closed_at = clock_timestamp() where status = 'waiting';
delete from apartado.queue_entries;
insert into apartado.queue_entries (stock_id, member_id, quantity, ticket, rank, joined_at)
select s.stock_id, m.member_id, 1, 999, 999, clock_timestamp()
  from apartado.stock s, apartado.members m
 where m.alias like 'hand%' limit 1;
update apartado.purchases set quantity = quantity + 1;
update apartado.purchases set member_id = (select max(member_id) from apartado.members);
delete from apartado.purchases;
insert into apartado.events (kind, at) values ('stock.changed', clock_timestamp());
update apartado.events set kind = 'stock.changed', data = '{}';
update apartado.events set pos = pos + 1000000;
delete from apartado.events;
truncate apartado.events;
update apartado.stock_tallies set reserved = reserved + 1;
