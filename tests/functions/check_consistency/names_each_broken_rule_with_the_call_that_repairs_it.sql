select plan(22);
-- the guards are taken off to break what they guard
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 3);
select tests.held('disc', 'ana');
select from apartado.join_queue('ben', apartado.item_id('disc'), 3);
select from apartado.mark_sold(null, apartado.item_id('disc'), p_buyer => 'cai');
select tests.advance('1 second');
set constraints all immediate;
set constraints all deferred;
create function tests.breach(p_break text) returns text language plpgsql as $$
declare
  v_found text;
  v_repair text;
  v_left text := 'not repaired';
begin
  begin
    alter table apartado.stock disable trigger user;
    alter table apartado.stock_tallies disable trigger user;
    alter table apartado.reservations disable trigger user;
    alter table apartado.queue_entries disable trigger user;
    alter table apartado.purchases disable trigger user;
    alter table apartado.events disable trigger user;
    execute p_break;
    select string_agg(distinct c.rule, ', ' order by c.rule), min(c.repair) filter (where c.repair ~ '^(update|insert|with) ')
      into v_found, v_repair
      from apartado.check_consistency() c
     where c.subject is not null and c.found is distinct from c.expected;
    if v_repair is not null then
      execute v_repair;
      v_left := case when exists (select from apartado.check_consistency() c where c.repair = v_repair) then 'not repaired' else 'repaired' end;
    end if;
    raise sqlstate 'ZZ000';
  exception
    when sqlstate 'ZZ000' then
      return concat_ws(': ', v_found, v_left);
  end;
end;
$$;
select is(tests.breach(p_break), found, p_break) from (values
  ('update apartado.stock set reserved = reserved + 1, available = available - 1', 'reserved is the sum of active reservations and open offers, the newest event tells the stock as it is: repaired'),
  ('update apartado.stock set sold = sold + 1, available = available - 1', 'sold is the sum of purchases, the newest event tells the stock as it is: repaired'),
  ('update apartado.stock set queue_length = 0', 'queue_length is the number of waiting entries, the newest event tells the stock as it is: repaired'),
  ('update apartado.stock_tallies set sold = 7', 'the tally agrees with the rows: repaired'),
  ('delete from apartado.stock_tallies', 'the tally agrees with the rows: repaired'),
  ('delete from apartado.queue_blocks', 'blocks count who waits: repaired'),
  ('update apartado.stock set next_due_at = ''infinity''', 'no deadline lies before next_due_at: repaired'),
  ('update apartado.stock set next_ticket = 1', 'next_ticket is newer than every ticket: repaired'),
  ('update apartado.queue_entries set quantity = 1', 'free units go to the head of the queue: repaired'),
  ('update apartado.queue_entries set quantity = 2; update apartado.reservations set yields = true', 'units that yield go to who waits: repaired'),
  ('update apartado.queue_blocks set entries = 7', 'blocks count who waits: repaired'),
  ('delete from apartado.purchases', 'sold is the sum of purchases, the tally agrees with the rows: repaired'),
  ('insert into apartado.reservations (stock_id, member_id, quantity, status, currency, reserved_at, expires_at, closed_at) '
   'select stock_id, member_id, 1, ''sold'', ''EUR'', reserved_at, expires_at, reserved_at from apartado.reservations', 'a sold reservation has a purchase: not repaired'),
  ('insert into apartado.queue_entries (stock_id, member_id, quantity, ticket, rank, status, joined_at, waiting_since, closed_at) '
   'select stock_id, member_id, 1, 1000, 1000, ''promoted'', joined_at, joined_at, joined_at from apartado.queue_entries; update apartado.stock set next_ticket = 1001', 'a promoted entry has a reservation: not repaired'),
  ('update apartado.queue_entries set member_id = (select member_id from apartado.reservations)', 'nobody holds and waits for the same: not repaired'),
  ('update apartado.events set pos = event_id - (select min(event_id) from apartado.events) + case when kind = ''stock.changed'' then 1 else 2 end; '
   'update apartado.event_cursor set last_pos = (select max(pos) from apartado.events)', 'positions are 1..n without a gap: not repaired'),
  ('update apartado.events set version = 0 where event_id = (select max(event_id) from apartado.events)', 'events of a stock row are in version order: not repaired'),
  ('update apartado.events set pos = 1 + (select max(event_id) from apartado.events) - event_id; update apartado.event_cursor set last_pos = (select max(pos) from apartado.events)',
   'positions follow the order of ids in a stock row: not repaired'),
  ('update apartado.member_turns set barred = true', 'a turn carries the class of its member, and whether they are barred: repaired'),
  ('insert into apartado.policies (name) values (''vip''); insert into apartado.member_classes (code, policy_id) select ''vip'', policy_id from apartado.policies where name = ''vip''; '
   'update apartado.member_turns set class_id = (select class_id from apartado.member_classes)', 'a turn carries the class of its member, and whether they are barred: repaired'),
  ('update apartado.event_cursor set low_id = 1000000000, mark_id = 1000000000', 'whatever is not numbered yet will be found: repaired'),
  ('update apartado.events set sold = 9 where event_id = (select max(event_id) from apartado.events)', 'the newest event tells the stock as it is: not repaired')
) v (p_break, found);
