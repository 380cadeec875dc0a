select plan(1);
select tests.members('ana', 'ben');
create temporary table started as select code from apartado.start_pairing('ben');
select from apartado.rotate_secret('ana');
select is(p.alias, 'ben', 'it still signs a device in') from started, apartado.pair(code) p;
