select plan(6);
create temporary table one as select * from apartado.sign_in('ana');
create temporary table two as select * from apartado.sign_in('ana', (select recovery_secret from one));
create temporary table ben as select * from apartado.sign_in('ben');
create temporary table rotated as
  select r.* from apartado.authenticate((select token from one)) a cross join lateral apartado.rotate_secret(a.alias, p_end_others => true) r;
select is(sessions_ended, 1, 'one was ended') from rotated;
select tests.refuses($$select * from apartado.authenticate((select token from two))$$, 'RS601/ended', 'token', 'the other');
select lives_ok($$select * from apartado.authenticate((select token from ben))$$, 'not one of somebody else');
select lives_ok($$select * from apartado.authenticate((select token from one))$$, 'not the one that asked');
select is((select sessions_ended from apartado.rotate_secret('ana', p_end_others => null)), 0, 'null is no');
select tests.acts('ana');
select is((select sessions_ended from apartado.rotate_secret('ana', p_end_others => true)), 1, 'from psql all of them');
