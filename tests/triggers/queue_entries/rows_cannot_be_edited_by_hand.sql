select plan(17);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai', 'dee');
select from apartado.leave_queue('dee', apartado.item_id('disc'));
select tests.cannot_commit(edit, code, edit) from (values
  ('update apartado.queue_entries set status = ''left'', closed_at = joined_at where ticket = 1', 'RS312'),
  ('update apartado.queue_entries set status = ''promoted'', closed_at = joined_at where ticket = 1', 'RS312'),
  ('update apartado.queue_entries set status = ''left'' where ticket = 1', '23514'),
  ('update apartado.queue_entries set status = ''lost'', closed_at = joined_at where ticket = 1', '23514'),
  ('update apartado.queue_entries set ticket = 9 where ticket = 2', 'RS312'),
  ('update apartado.queue_entries set ticket = ticket - 1 where ticket > 1', 'RS312'),
  ('update apartado.queue_entries set quantity = 0 where ticket = 1', '23514'),
  ('update apartado.queue_entries set joined_at = joined_at - interval ''1 hour'' where ticket = 2', 'RS312'),
  ('update apartado.queue_entries set member_id = (select member_id from apartado.members where alias = ''ana'') where ticket = 1', 'RS312'),
  ('update apartado.queue_entries set needed_until = joined_at where ticket = 1', '23514'),
  ('update apartado.queue_entries set status = ''waiting'', closed_at = null where status = ''left''', 'RS312'),
  ('update apartado.queue_entries set reason = ''rewritten'' where status = ''left''', 'RS312'),
  ('delete from apartado.queue_entries where ticket = 1', 'RS312'),
  ('insert into apartado.queue_entries (stock_id, member_id, quantity, ticket, rank, joined_at, waiting_since) select stock_id, member_id, 1, 100, 100, now(), now() from apartado.stock, apartado.members where alias = ''dee''', 'RS312'),
  ('insert into apartado.queue_entries (stock_id, member_id, quantity, ticket, rank, joined_at, waiting_since) select stock_id, member_id, 1, 1, 1, now(), now() from apartado.stock, apartado.members where alias = ''dee''', '23505'),
  ('insert into apartado.queue_entries (stock_id, member_id, quantity, ticket, rank, joined_at, waiting_since) select stock_id, member_id, 1, 100, 100, now(), now() from apartado.queue_entries where ticket = 1', '23505')
) v (edit, code);
select tests.commits();
