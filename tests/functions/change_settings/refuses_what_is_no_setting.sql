select plan(7);
select tests.members('ana');
select tests.refuses(format('select * from apartado.change_settings(null, %L)', r), 'RS205', 'registration') from unnest('{"",OPEN,maybe}'::text[]) r;
select tests.refuses(format('select * from apartado.change_settings(null, ''closed'', p_reason => %L)', r), 'RS205', 'reason') from unnest(array[' ', repeat('x', 501)]) r;
select tests.refuses($$select * from apartado.change_settings('ana', 'closed')$$, 'RS602', 'actor', 'a member');
select is(tests.as_role('stranger', 'select registration from apartado.change_settings(null)'), '42501', 'a stranger');
