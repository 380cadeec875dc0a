select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben');
select from apartado.start_pairing('ana');
select tests.advance('1 minute');
select from apartado.start_pairing('ben');
select tests.advance('4 minutes');
select lives_ok($$select * from apartado.forget_old_keys()$$);
select is((select string_agg(m.alias, ' ') from apartado.pairing_codes c join apartado.members m on m.member_id = c.member_id), 'ben', 'live ones stay');
