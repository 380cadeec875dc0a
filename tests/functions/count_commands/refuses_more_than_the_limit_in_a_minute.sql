select plan(19);
select tests.freeze('2030-01-01 12:00Z');
create temporary table signed as select * from apartado.sign_in('ana', p_language => 'es');
create temporary table other as select * from apartado.sign_in('ben');
select is(apartado.count_commands((select token from signed), 1), 300, 'at first 6,000, told in twentieths');
update apartado.settings set command_limit = 100;
select is(apartado.count_commands((select token from signed), 99), 5, 'up to the limit');
select throws_ok($$select apartado.count_commands((select token from signed), 1)$$, 'RS505', 'Demasiados intentos.', 'one more is too many, said in the language of the session');
select is((select string_agg(concat_ws(' ', kind, subject = (select min(session_id)::text from apartado.sessions), tries), ', ') from apartado.attempts), 'command t 100', 'what was refused is not counted');
select is(apartado.count_commands((select token from other), 100), 5, 'another session has its own');
create function tests.detail() returns text language plpgsql as $$
declare
  v_detail text;
begin
  perform apartado.count_commands((select token from signed), 5);
exception
  when sqlstate 'RS505' then
    get stacked diagnostics v_detail = pg_exception_detail;
    return v_detail;
end;
$$;
select tests.advance('20.5 seconds');
select is(tests.detail(), 'commands_in_a_minute: 100, retry_after: 40', 'how long to wait');
select tests.advance('39.5 seconds');
select is(apartado.count_commands((select token from signed), 100), 5, 'a minute after the first it begins anew');
update apartado.settings set command_limit = 3;
select is(apartado.count_commands(t, 1), 1, 'a small limit is told of every command') from unnest(array['no token', null]) t;
select is(count(*), 2::bigint, 'a token of nobody is counted for nobody') from apartado.attempts where kind = 'command';
update apartado.settings set command_limit = 0;
select is(apartado.count_commands((select token from signed), 1000000), 1000, '0 is no limit');
select is(tests.as_role('apartado_api', 'select apartado.count_commands(''x'', 1)'), '1000', 'the service may');
select is(tests.as_role(r, 'select apartado.count_commands(''x'', 1)'), '42501', r || ' may not') from unnest('{stranger,dba}'::text[]) r;
select tests.acts('ana');
select is(apartado.count_commands(upper((select token from signed)), 1), 1000, 'nearly right is nobody');
select tests.refuses(format('select apartado.count_commands((select token from other), %s)', coalesce(n, 'null')), 'RS204', 'commands', coalesce(n, 'null')) from unnest('{null,0,-1,1000001}'::text[]) n;
