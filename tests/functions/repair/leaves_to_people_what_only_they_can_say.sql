select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc', 2), tests.item('lp', 0), tests.item('cd', 0);
select tests.held('disc', 'ana');
select from apartado.join_any('ben', array[apartado.item_id('lp'), apartado.item_id('cd')]);
set constraints all immediate;
set constraints all deferred;
set local session_replication_role = replica;
insert into apartado.reservations (stock_id, member_id, quantity, status, currency, reserved_at, expires_at, closed_at)
select stock_id, member_id, 1, 'sold', 'EUR', reserved_at, expires_at, reserved_at from apartado.reservations;
set local session_replication_role = origin;
select is((select concat_ws(' ', rule, outcome, action like '%where data ->> ''reservation_id'' = %') from apartado.repair('olga', false)), 'a sold reservation has a purchase by_hand t', 'two rows contradict each other: it says where to look');
select is((select count(*) from apartado.check_consistency()), 1::bigint, 'and leaves it');
set local session_replication_role = replica;
delete from apartado.reservations where status = 'sold';
update apartado.queue_entries set status = 'promoted', closed_at = joined_at, served_at = joined_at where stock_id = (select stock_id from apartado.stock join apartado.items using (item_id) where sku = 'cd');
insert into apartado.reservations (stock_id, member_id, queue_entry_id, quantity, status, currency, reserved_at, expires_at, closed_at)
select q.stock_id, q.member_id, q.queue_entry_id, 1, 'cancelled', 'EUR', q.joined_at, q.joined_at + interval '1 hour', q.joined_at from apartado.queue_entries q where q.status = 'promoted';
set local session_replication_role = origin;
select is((select string_agg(concat_ws(' ', rule, outcome), ', ') from apartado.repair('olga', false) where subject like 'wish %'), 'a wish that was served is over repaired', 'a wish that was served is closed');
select from apartado.repair('olga', false);
select tests.commits();
select tests.refuses($$select * from apartado.repair('ana')$$, 'RS602', 'actor', 'members may not');
select tests.refuses($$select * from apartado.repair(null, null)$$, 'RS205', 'dry_run', 'neither');
select is((select count(*) from apartado.repair(null)), 0::bigint, 'a dry run of nothing');
select is(tests.as_role('stranger', 'select count(*) from apartado.repair(null)'), '42501', 'not for everybody');
