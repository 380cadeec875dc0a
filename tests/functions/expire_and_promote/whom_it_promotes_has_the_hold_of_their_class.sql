select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'vic', 'wil'), tests.item('disc', 3);
select from apartado.set_policy(null, 'vip', '{"hold": "PT200H"}', p_class => 'vip', p_reason => 'new');
select from apartado.set_policy(null, 'quiet', '{"active_limit": 9}', p_class => 'quiet', p_reason => 'new');
select from apartado.set_member_class(null, 'vic', 'vip', 'test');
select from apartado.set_member_class(null, 'wil', 'quiet', 'test');
select from apartado.reserve('ana', apartado.item_id('disc'), 3);
select tests.waiting('disc', 'ben', 'vic', 'wil');
select tests.advance('7 days');
savepoint strict;
select is(promoted, 3::bigint, 'three wait, three come free') from apartado.expire_and_promote();
select is(string_agg(m.alias || ' ' || to_char(r.expires_at at time zone 'UTC', 'MM-DD HH24'), ', ' order by m.alias),
          'ben 01-15 12, vic 01-16 20, wil 01-15 12', 'the class, where it says how long')
  from apartado.reservations r join apartado.members m on m.member_id = r.member_id where r.status = 'active';
rollback to strict;
update apartado.policies set fit = 'fit' where name = 'default';
select is(promoted, 3::bigint, 'the same where whoever fits is served') from apartado.expire_and_promote();
select is(string_agg(m.alias || ' ' || to_char(r.expires_at at time zone 'UTC', 'MM-DD HH24'), ', ' order by m.alias),
          'ben 01-15 12, vic 01-16 20, wil 01-15 12', 'and as long')
  from apartado.reservations r join apartado.members m on m.member_id = r.member_id where r.status = 'active';
select tests.commits();
