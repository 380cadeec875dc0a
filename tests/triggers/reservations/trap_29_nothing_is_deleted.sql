select plan(12);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
select tests.held('disc', 'ana', 'ben'), tests.waiting('disc', 'cai');
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'));
select tests.advance('168 hours');
select from apartado.expire_and_promote();
select is((select string_agg(m.alias || ' ' || r.status, ', ' order by reservation_id) from apartado.reservations r join apartado.members m using (member_id)), 'ana sold, ben expired, cai active', 'every reservation is still there');
select is((select string_agg(status, ', ') from apartado.queue_entries), 'promoted', 'and every entry');
select tests.cannot_commit(edit, 'RS312', edit) from unnest(array[
  'delete from apartado.reservations', 'delete from apartado.reservations where status = ''expired''', 'truncate apartado.reservations cascade',
  'delete from apartado.queue_entries', 'truncate apartado.queue_entries cascade',
  'delete from apartado.purchases', 'truncate apartado.purchases cascade',
  'delete from apartado.events', 'truncate apartado.events']) edit;
select tests.cannot_commit($$delete from apartado.members where alias = 'ben'$$, '23503', 'a member with a history cannot be deleted either');
