set transaction isolation level repeatable read;
select plan(2);
select tests.members('ana');
select tests.refuses($$select * from apartado.rotate_secret('ana', p_end_others => true)$$, 'RS312/isolation', 'end_others', 'it would not see who signed in with the old one while it waited');
select lives_ok($$select * from apartado.rotate_secret('ana')$$, 'the secret alone is replaced at any level');
