select plan(4);
select is((alias, is_operator, language, session_id), (null::text, false, 'en'::text, null::bigint), 'without a language: English') from apartado.authenticate(null);
select is(current_setting('apartado.actor'), 'anonymous', 'who acts as nobody');
select is(language, 'es', 'Spanish') from apartado.authenticate(null, 'es');
select is(language, 'en', 'what is not spoken: English') from apartado.authenticate(null, 'klingon');
