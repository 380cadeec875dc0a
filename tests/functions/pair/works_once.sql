select plan(3);
select tests.members('ana');
create temporary table started as select code from apartado.start_pairing('ana');
select lives_ok(format('select * from apartado.pair(%L)', code), 'once') from started;
select tests.refuses(format('select * from apartado.pair(%L)', code), 'RS601/code', 'code', 'not twice') from started;
select is((select count(*) from apartado.sessions), 1::bigint, 'one session was begun');
