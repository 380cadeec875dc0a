select plan(4);
select tests.members('ana'), tests.item('disc');
select tests.held('disc', 'ana');
select tests.refuses(format($$select * from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), %L)$$, b), 'RS203', 'by')
  from unnest('{0,-1 hour,8785 hours,100000 years}'::text[]) b;
