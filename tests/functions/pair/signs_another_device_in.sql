select plan(11);
select tests.freeze('2030-01-01 12:00Z');
create temporary table first as select * from apartado.sign_in('ana', p_language => 'es');
create temporary table started as
  select r.* from apartado.authenticate((select token from first)) a cross join lateral apartado.start_pairing(a.alias) r;
select tests.acts('anonymous', null);
create temporary table answer as select p.* from started, apartado.pair(code) p;
select is(alias, 'ana', 'alias') from answer;
select matches(token, '^[0-9a-f]{64}$', 'token') from answer;
select is(is_operator, false, 'is_operator') from answer;
select is(language, 'es', 'language: hers') from answer;
select is(expires_at, '2030-01-31 12:00Z', 'expires_at') from answer;
select is(server_time, '2030-01-01 12:00Z', 'server_time') from answer;
select is((select alias from apartado.authenticate((select token from answer))), 'ana', 'the token is hers');
select lives_ok($$select * from apartado.authenticate((select token from first))$$, 'the first session goes on');
select is((select count(*) from apartado.sessions where ended_at is null), 2::bigint, 'two live');
select is((select concat_ws(' ', kind, actor, session_id = (select max(session_id) from apartado.sessions)) from apartado.events order by event_id desc limit 1),
          'member.signed_in ana t', 'it is told');
select is_empty($$select e.event_id from apartado.events e, started s, answer a, first f where e::text ~ s.code or e::text ~ a.token or e::text ~ f.token$$,
                'without code and token');
