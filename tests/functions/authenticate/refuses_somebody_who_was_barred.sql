select plan(2);
create temporary table ana as select * from apartado.sign_in('ana', p_language => 'es');
select lives_ok($$select * from apartado.authenticate((select token from ana))$$, 'before');
update apartado.members set barred_at = apartado.clock() where alias = 'ana';
select tests.refuses($$select * from apartado.authenticate((select token from ana))$$, 'RS604', 'token', 'whatever the token was good for, reading too');
