select plan(3);
select tests.members('ana', 'ben');
create temporary table code as select 1 as n, code from apartado.start_pairing('ana');
insert into code select 2, c.code from apartado.start_pairing('ana') c;
insert into code select 3, c.code from apartado.start_pairing('ben') c;
select tests.refuses(format('select * from apartado.pair(%L)', code), 'RS601/code', 'code', 'the old one') from code where n = 1;
select is(p.alias, 'ana', 'the new one') from code, apartado.pair(code) p where n = 2;
select is(p.alias, 'ben', 'that of another member is another') from code, apartado.pair(code) p where n = 3;
