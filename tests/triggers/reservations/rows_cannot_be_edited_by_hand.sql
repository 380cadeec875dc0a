select plan(19);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 4), tests.item('other');
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
select tests.held('disc', 'ben'), tests.held('other', 'ben');
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'disc'));
select tests.cannot_commit(edit, code, edit) from (values
  ('update apartado.reservations set status = ''expired'', closed_at = reserved_at where status = ''active'' and quantity = 2', 'RS312'),
  ('update apartado.reservations set status = ''sold'', closed_at = reserved_at where status = ''active'' and quantity = 2', 'RS312'),
  ('update apartado.reservations set status = ''sold'' where quantity = 2', '23514'),
  ('update apartado.reservations set status = ''lost'', closed_at = reserved_at where quantity = 2', '23514'),
  ('update apartado.reservations set closed_at = reserved_at where quantity = 2', '23514'),
  ('update apartado.reservations set quantity = 1 where quantity = 2', 'RS312'),
  ('update apartado.reservations set quantity = 0 where quantity = 2', '23514'),
  ('update apartado.reservations set quantity = null where quantity = 2', '23502'),
  ('update apartado.reservations set expires_at = reserved_at where quantity = 2', '23514'),
  ('update apartado.reservations set expires_at = ''2099-01-01'' where quantity = 2', '23514'),
  ('update apartado.reservations set member_id = (select member_id from apartado.members where alias = ''cai'') where quantity = 2', 'RS312'),
  ('update apartado.reservations set price = 0 where quantity = 2', 'RS312'),
  ('update apartado.reservations set reserved_at = reserved_at - interval ''1 hour'' where quantity = 2', 'RS312'),
  ('update apartado.reservations set stock_id = (select max(stock_id) from apartado.stock) where quantity = 2', 'RS312'),
  ('update apartado.reservations set status = ''active'', closed_at = null where status = ''cancelled''', 'RS312'),
  ('update apartado.reservations set reason = ''rewritten'' where status = ''cancelled''', 'RS312'),
  ('insert into apartado.reservations (stock_id, member_id, quantity, currency, reserved_at, expires_at) select s.stock_id, m.member_id, 1, ''EUR'', now(), now() + interval ''1 hour'' from apartado.stock s, apartado.members m where m.alias = ''cai''', 'RS312'),
  ('insert into apartado.reservations (stock_id, member_id, quantity, currency, reserved_at, expires_at) select stock_id, member_id, 1, ''EUR'', now(), now() + interval ''1 hour'' from apartado.reservations where status = ''active''', '23505')
) v (edit, code);
select tests.commits();
