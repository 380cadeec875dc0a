select plan(2);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 9);
select tests.requests('disc', 'ana', 'ben', 'cai');
update apartado.sessions s set ended_at = apartado.clock() from apartado.members m where m.member_id = s.member_id and m.alias = 'ana';
update apartado.sessions s set created_at = apartado.clock() - interval '700 hours', expires_at = apartado.clock()
  from apartado.members m where m.member_id = s.member_id and m.alias = 'ben';
select is(tests.together('disc', 'ana', 'ben', 'cai'), '1 RS601, 2 RS601, 3 reserved', 'signed out, too old, good');
select is(tests.holders('disc'), 'cai 1', 'one holds');
