select plan(5);
create temporary table signed as select * from apartado.sign_in('ana');
select is((select token_hash from apartado.sessions), sha256(convert_to((select token from signed), 'UTF8')), 'a token');
select is((select secret_hash from apartado.members), sha256(convert_to((select recovery_secret from signed), 'UTF8')), 'a recovery secret');
select matches((select token from signed), '^[0-9a-f]{64}$', 'which is 32 bytes that nobody guesses');
select isnt((select token from signed), (select token from apartado.sign_in('ana', (select recovery_secret from signed))), 'and another each time');
select unalike((select string_agg(e::text, '') from apartado.events e), '%' || (select token from signed) || '%', 'the ledger does not know it');
