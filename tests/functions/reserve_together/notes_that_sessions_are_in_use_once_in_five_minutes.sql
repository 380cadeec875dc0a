select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 9);
select tests.requests('disc', 'ana');
select tests.advance('3 minutes');
select tests.requests('disc', 'ben');
select tests.advance('3 minutes');
select is(tests.together('disc', 'ana', 'ben'), '1 reserved, 2 reserved', 'both are served');
select is((select array_agg(s.last_seen_at order by s.member_id) from apartado.sessions s),
          array['2030-01-01 12:06Z', '2030-01-01 12:03Z']::timestamptz[], 'hers was six minutes old, his three');
