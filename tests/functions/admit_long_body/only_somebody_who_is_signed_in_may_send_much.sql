select plan(4);
create temporary table ana as select * from apartado.sign_in('ana');
select lives_ok($$select apartado.admit_long_body(a.alias) from apartado.authenticate((select token from ana)) as a$$, 'a member');
select tests.refuses($$select apartado.admit_long_body(a.alias) from apartado.authenticate(null) as a$$, 'RS601', 'token', 'nobody');
select tests.refuses($$select apartado.admit_long_body(a.alias) from apartado.authenticate('guess') as a$$, 'RS601', 'token', 'a token that is of no session');
update apartado.members set barred_at = apartado.clock() where alias = 'ana';
select tests.refuses($$select apartado.admit_long_body(a.alias) from apartado.authenticate((select token from ana)) as a$$, 'RS604', 'token', 'somebody who was barred');
