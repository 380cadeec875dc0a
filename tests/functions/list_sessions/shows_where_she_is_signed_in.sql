select plan(6);
select tests.freeze('2030-01-01 12:00Z');
create temporary table one as select * from apartado.sign_in('ana', p_language => 'es');
select from apartado.sign_in('ben');
select tests.advance('1 hour');
create temporary table two as select * from apartado.sign_in('ana', (select recovery_secret from one), 'en');
create temporary table three as select * from apartado.sign_in('ana', (select recovery_secret from one));
select from apartado.sign_out((select token from three));
create temporary table answer as
  select r.* from apartado.authenticate((select token from one)) a cross join lateral apartado.list_sessions(a.alias) r;
select results_eq('select created_at, last_seen_at, expires_at, current, language, server_time from answer', $$values
  (timestamptz '2030-01-01 13:00Z', timestamptz '2030-01-01 13:00Z', timestamptz '2030-01-31 13:00Z', false, 'en', timestamptz '2030-01-01 13:00Z'),
  ('2030-01-01 12:00Z', '2030-01-01 12:00Z', '2030-01-31 12:00Z', true, 'es', '2030-01-01 13:00Z')$$,
  'created_at, last_seen_at, expires_at, current, language, server_time: hers that live, the newest first, as they were before this call');
select results_eq('select session_id from answer order by session_id', $$
  select s.session_id from apartado.sessions s join apartado.members m on m.member_id = s.member_id
   where m.alias = 'ana' and s.ended_at is null order by 1$$, 'session_id');
select is_empty($$select from answer a, one, two where a::text ~ one.token or a::text ~ two.token or a::text ~ encode(sha256(convert_to(one.token, 'UTF8')), 'hex')$$,
                'no token, and no hash of one');
select tests.acts('ana');
select is(bool_or(current), false, 'from psql none is the current one') from apartado.list_sessions('ana');
select tests.advance('719 hours');
select is(count(*), 1::bigint, 'what expired is gone') from apartado.list_sessions('Ana');
select tests.refuses($$select * from apartado.list_sessions(null)$$, 'RS601', 'member', 'a visitor has none');
