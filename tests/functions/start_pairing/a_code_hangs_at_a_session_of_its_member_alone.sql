select plan(2);
select tests.members('ben');
create temporary table ana as select token from apartado.sign_in('ana');
select from ana, apartado.authenticate(ana.token);
select from apartado.start_pairing('ana');
select from apartado.start_pairing('ben');
select is((select p.session_id::text from apartado.pairing_codes p join apartado.members m using (member_id) where m.alias = 'ana'), current_setting('apartado.session'), 'at the one in which it was asked for, with which it ends');
select is((select p.session_id from apartado.pairing_codes p join apartado.members m using (member_id) where m.alias = 'ben'), null, 'somebody else''s does not end with it');
