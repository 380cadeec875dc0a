select plan(1);
select tests.freeze('2030-01-01 12:00Z');
create temporary table signed as select * from apartado.sign_in('ana');
update apartado.sessions set last_seen_at = last_seen_at + interval '1 hour';
select tests.advance('1 hour');
select from apartado.sign_out((select token from signed));
update apartado.sessions set ended_at = ended_at + interval '1 hour';
select results_eq('select kind, session_id, data, at from apartado.events order by event_id', $$
  select k, session_id, jsonb_build_object('session_id', session_id), a from apartado.sessions,
         (values ('member.signed_in', timestamptz '2030-01-01 12:00Z'), ('member.signed_out', '2030-01-01 13:00Z')) v (k, a)$$, 'once each; being seen is not');
