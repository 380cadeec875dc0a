select plan(7);
select tests.freeze('2030-01-01 12:00Z');
create temporary table one as select * from apartado.sign_in('ana');
create temporary table two as select * from apartado.sign_in('ana', (select recovery_secret from one));
select tests.advance('1 hour');
create temporary table ids as select min(session_id) as one, max(session_id) as two from apartado.sessions;
create temporary table answer as
  select r.* from apartado.authenticate((select token from one)) a cross join lateral apartado.revoke_session(a.alias, (select two from ids)) r;
select is(session_id, (select two from ids), 'session_id') from answer;
select is(ended_at, '2030-01-01 13:00Z', 'ended_at') from answer;
select is((select concat_ws(' ', kind, actor, session_id) from apartado.events order by event_id desc limit 1), 'member.signed_out ana ' || two, 'it is told') from ids;
select tests.refuses($$select * from apartado.authenticate((select token from two))$$, 'RS601/ended', 'token', 'its token is dead');
select lives_ok($$select * from apartado.authenticate((select token from one))$$, 'the other goes on');
select lives_ok($$select r.* from apartado.authenticate((select token from one)) a cross join lateral apartado.revoke_session(a.alias, a.session_id) r$$, 'and may end itself');
select tests.refuses($$select * from apartado.authenticate((select token from one))$$, 'RS601/ended', 'token', 'which is signing out');
