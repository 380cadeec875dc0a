select plan(3);
select tests.members('ana');
create temporary table started as select code from apartado.start_pairing('ana');
select is(p.alias, 'ana', 'in lower case, with blanks and a hyphen')
  from started, apartado.pair(' ' || lower(left(code, 4)) || ' - ' || right(code, 4) || E'\n') p;
update started set code = c.code from apartado.start_pairing('ana') c;
select is(p.language, 'es', 'in another language') from started, apartado.pair(code, 'es') p;
update started set code = c.code from apartado.start_pairing('ana') c;
select tests.refuses(format('select * from apartado.pair(%L, ''fr'')', code), 'RS205', 'language', 'one that is not spoken uses nothing up') from started;
