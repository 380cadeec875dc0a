select plan(3);
select tests.freeze('2030-01-01 12:00Z');
create temporary table signed as select * from apartado.sign_in('ana');
select tests.advance('1 hour');
create temporary table rotated as select * from apartado.rotate_session((select token from signed));
select results_eq('select kind, actor, session_id, data, at from apartado.events order by event_id desc limit 1', $$
  select 'member.token_rotated', 'ana', session_id, jsonb_build_object('session_id', session_id), timestamptz '2030-01-01 13:00Z' from apartado.sessions$$, 'to them and to operators');
select is(count(*), 2::bigint, 'once') from apartado.events;
select is_empty($$select from apartado.events e, signed, rotated where e::text ~ signed.token or e::text ~ rotated.token or e::text ~ encode(sha256(convert_to(rotated.token, 'UTF8')), 'hex')$$, 'no token, and no hash of one');
