select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select from apartado.sign_in('ben');
create temporary table ana as select * from apartado.sign_in('ana');
create temporary table ids as select min(session_id) as ben, max(session_id) as ana from apartado.sessions;
select tests.refuses(format('select * from apartado.revoke_session(''ana'', %L)', s), 'RS109', 'session', n)
  from ids, lateral (values (ben, 'another member''s'), (ana + 1000, 'an unknown one'), (0, 'none has this number'), (-1, 'nor this'), (9223372036854775807, 'nor this one'), (null, 'nothing')) v (s, n);
select from apartado.sign_out((select token from ana));
select tests.refuses(format('select * from apartado.revoke_session(''ana'', %s)', ana), 'RS109', 'session', 'one that is over') from ids;
update apartado.sessions set ended_at = null;
select tests.advance('720 hours');
select tests.refuses(format('select * from apartado.revoke_session(''ana'', %s)', ana), 'RS109', 'session', 'one that expired') from ids;
