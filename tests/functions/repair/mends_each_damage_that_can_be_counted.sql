select plan(22);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc', 4), tests.item('lp');
select tests.held('disc', 'ana');
select from apartado.join_queue('ben', apartado.item_id('disc'), 4);
select from apartado.mark_sold(null, apartado.item_id('disc'), p_buyer => 'cai');
select tests.held('lp', 'cai');
select from apartado.join_any('dee', array[apartado.item_id('lp'), apartado.item_id('disc')]);
select tests.advance('1 second');
set constraints all immediate;
set constraints all deferred;
create function tests.mended(p_damage text) returns text language plpgsql as $$
declare
  v_rules text; v_before text; v_said text; v_left text;
begin
  begin
    set local session_replication_role = replica;
    execute p_damage;
    set local session_replication_role = origin;
    select string_agg(distinct c.rule, ', ' order by c.rule) into v_rules from apartado.check_consistency() c;
    v_before := tests.state();
    select string_agg(distinct r.outcome, ' ') into v_said from apartado.repair(null) r;
    if tests.state() <> v_before then v_said := v_said || ' (the dry run changed something)'; end if;
    select concat_ws(', ', v_said, string_agg(distinct r.outcome, ' ')) into v_said from apartado.repair(null, false) r;
    set constraints all immediate;
    select string_agg(concat_ws(' ', c.rule, c.subject, c.found, c.expected), '; ') into v_left from apartado.check_consistency() c;
    raise sqlstate 'ZZ000';
  exception when sqlstate 'ZZ000' then null;
  end;
  set constraints all deferred;
  return concat_ws(': ', v_rules, v_said, v_left);
end;
$$;
create function tests.disc() returns text language sql as $$ select stock_id::text from apartado.stock s join apartado.items i using (item_id) where i.sku = 'disc' $$;
select is(tests.mended(damage), rules || ': would_be_repaired, repaired', damage) from (values
  ('update apartado.stock set reserved = reserved + 1, available = available - 1 where available > 0', 'reserved is the sum of active reservations and open offers, the newest event tells the stock as it is'),
  ('update apartado.stock set reserved = 0, available = available + reserved', 'free units go to the head of the queue, reserved is the sum of active reservations and open offers, the newest event tells the stock as it is'),
  ('update apartado.stock set sold = sold + 1, available = available - 1 where available > 0', 'sold is the sum of purchases, the newest event tells the stock as it is'),
  ('update apartado.stock set total = total - sold, sold = 0', 'sold is the sum of purchases, the newest event tells the stock as it is'),
  ('update apartado.stock set total = 1, sold = 0, reserved = 0, available = 1', 'free units go to the head of the queue, reserved is the sum of active reservations and open offers, sold is the sum of purchases, the newest event tells the stock as it is'),
  ('update apartado.stock set queue_length = 0', 'queue_length is the number of waiting entries, the newest event tells the stock as it is'),
  ('update apartado.stock set queue_length = 77', 'queue_length is the number of waiting entries, the newest event tells the stock as it is'),
  ('update apartado.stock_tallies set sold = 7', 'the tally agrees with the rows'),
  ('update apartado.stock_tallies set reserved = 7, suspect = true', 'the tally agrees with the rows'),
  ('update apartado.stock_tallies set queue_length = 7', 'the tally agrees with the rows'),
  ('delete from apartado.stock_tallies', 'the tally agrees with the rows'),
  ('update apartado.stock set next_due_at = ''infinity''', 'no deadline lies before next_due_at'),
  ('update apartado.stock set next_ticket = 1', 'next_ticket is newer than every ticket'),
  ('update apartado.queue_entries set quantity = 1 where wish_id is null', 'free units go to the head of the queue'),
  ('update apartado.queue_entries set quantity = 3 where wish_id is null; update apartado.reservations set yields = true', 'units that yield go to who waits'),
  ('update apartado.queue_blocks set entries = 7', 'blocks count who waits'),
  ('delete from apartado.queue_blocks', 'blocks count who waits'),
  ('update apartado.stock set price = 1, hold = interval ''1 hour''', 'stock carries the rules of its item'),
  ('update apartado.queue_entries set member_id = (select max(member_id) from apartado.reservations where stock_id = ' || tests.disc() || ') where wish_id is null', 'nobody holds and waits for the same'),
  ('update apartado.stock set total = total + 5, available = available + 5 where available = 0', 'free units go to the head of the queue, the newest event tells the stock as it is')
) v (damage, rules);
select is_empty('select * from apartado.repair(null, false)', 'where nothing is broken nothing is repaired');
select tests.commits();
