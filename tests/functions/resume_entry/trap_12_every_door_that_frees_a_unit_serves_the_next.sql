select plan(14);
-- one item a door; ben wants it; after each, ben has it in the same transaction
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.operator('olga');
update apartado.policies set active_limit = 100;
create function tests.entry(p_alias text, p_sku text) returns bigint language sql as $$ select q.queue_entry_id from apartado.queue_entries q join apartado.members m using (member_id) join apartado.stock s using (stock_id) where m.alias = p_alias and s.item_id = apartado.item_id(p_sku) $$;
create temporary table doors (sku text, door text, before text);
insert into doors values
  ('cancel', $$select * from apartado.cancel_reservation('ana', tests.reservation('ana', 'cancel'))$$, null),
  ('revoke', $$select * from apartado.revoke_reservation(null, tests.reservation('ana', 'revoke'), 'why')$$, null),
  ('restock', $$select * from apartado.adjust_stock(null, apartado.item_id('restock'), 1, 'why')$$, null),
  ('fewer', $$select * from apartado.change_quantity('ana', tests.reservation('ana', 'fewer'), 1)$$, null),
  ('let go', $$select * from apartado.release_if_wanted('ana', tests.reservation('ana', 'let go'))$$, null),
  ('sweep', $$select * from apartado.expire_and_promote()$$, null),
  ('leave', $$select * from apartado.leave_queue('cai', apartado.item_id('leave'))$$, 'cai'),
  ('suspend', $$select * from apartado.suspend_entry('cai', apartado.item_id('suspend'))$$, 'cai'),
  ('remove', $$select * from apartado.remove_entry(null, tests.entry('cai', 'remove'), 'why')$$, 'cai'),
  ('move', $$select * from apartado.move_entry(null, tests.entry('ben', 'move'), 1, 'why')$$, 'cai'),
  ('go on', $$select * from apartado.pause_queue(null, apartado.item_id('go on'), false, 'why')$$, null),
  ('resume', $$select * from apartado.resume_entry('ben', apartado.item_id('resume'))$$, null);
select tests.item(sku, case when before is not null or sku = 'fewer' then 2 else 1 end) from doors;
select from doors, apartado.reserve('ana', apartado.item_id(sku), case sku when 'fewer' then 2 else 1 end, p_ttl => case sku when 'sweep' then interval '1 hour' end);
select from doors, apartado.join_queue('cai', apartado.item_id(sku), 2) where before = 'cai';
select from doors, apartado.join_queue('ben', apartado.item_id(sku));
select from apartado.pause_queue(null, apartado.item_id('go on'), true, 'why');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'go on'));
select from apartado.suspend_entry('ben', apartado.item_id('resume'));
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'resume'));
select is((select string_agg(sku, ', ') from doors where tests.holders(sku) ~ 'ben'), null, 'nobody is served yet');
select tests.advance('1 hour');
create function tests.open_door(p_sku text, p_door text) returns text language plpgsql as $$
begin
  execute p_door;
  return tests.holders(p_sku);
end;
$$;
select matches(tests.open_door(sku, door), 'ben 1', sku) from doors;
select tests.commits();
