select plan(5);
select apartado.count_attempt('sign_in', 'ana', p_address => '192.0.2.7') from generate_series(1, 2);
select apartado.take_attempt_back('192.0.2.7');
select is(tries, 1, 'one less') from apartado.attempts where kind = 'address';
select is(tries, 2, 'for the alias it is sign_in that takes back') from apartado.attempts where kind = 'sign_in';
select apartado.take_attempt_back('192.0.2.7');
select is(tries, 0, 'none') from apartado.attempts where kind = 'address';
select lives_ok($$select apartado.take_attempt_back('192.0.2.7'), apartado.take_attempt_back(null)$$, 'nothing to take back is no error');
select is((count(*), min(tries)), (2::bigint, 0), 'and makes less than none of none') from apartado.attempts where kind <> 'at_address';
