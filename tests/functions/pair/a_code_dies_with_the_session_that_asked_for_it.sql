select plan(4);
select tests.freeze('2030-01-01 12:00Z');
create temporary table signed as select * from apartado.sign_in('ana');
create temporary table started as
  select r.code from apartado.authenticate((select token from signed)) a cross join lateral apartado.start_pairing(a.alias) r;
select is((select session_id from apartado.pairing_codes), (select session_id from apartado.sessions), 'it is of that session');
select from apartado.sign_out((select token from signed));
select tests.refuses(format('select * from apartado.pair(%L)', code), 'RS601/code', 'code', 'signed out') from started;
update apartado.sessions set ended_at = null, expires_at = apartado.clock() + interval '2 minutes';
select tests.advance('2 minutes');
select tests.refuses(format('select * from apartado.pair(%L)', code), 'RS601/code', 'code', 'expired') from started;
select tests.freeze('2030-01-01 12:01Z');
select is(p.alias, 'ana', 'alive') from started, apartado.pair(code) p;
