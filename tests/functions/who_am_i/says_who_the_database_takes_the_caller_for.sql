select plan(10);
select tests.freeze('2030-01-01 12:00Z');
create temporary table signed as select * from apartado.sign_in('ana', p_language => 'es');
create temporary table answer as
  select r.* from apartado.authenticate((select token from signed)) a cross join lateral apartado.who_am_i(a.alias) r;
select is(alias, 'ana', 'alias') from answer;
select is(is_operator, false, 'is_operator') from answer;
select is(language, 'es', 'language') from answer;
select is(session_id, (select session_id from apartado.sessions), 'session_id') from answer;
select is(server_time, '2030-01-01 12:00Z', 'server_time') from answer;
select is((display_name, avatar, show_name), (null::text, null::text, false), 'no profile yet') from answer;
select from apartado.change_profile('ana', p_display_name => 'Ana M.', p_avatar => 'https://example.org/a.png', p_show_name => true);
select is((display_name, avatar, show_name), ('Ana M.'::text, 'https://example.org/a.png'::text, true), 'display_name, avatar, show_name') from apartado.who_am_i('ana');
select is((w.alias, w.is_operator, w.language, w.session_id), (null::text, false, 'en'::text, null::bigint), 'a visitor')
  from apartado.authenticate(null) a cross join lateral apartado.who_am_i(a.alias) w;
select tests.operator('olga');
select is((alias, is_operator), ('olga'::text, true), 'an operator') from apartado.who_am_i('OLGA');
select tests.refuses($$select * from apartado.who_am_i('zoe')$$, 'RS103', 'member', 'an unknown alias');
