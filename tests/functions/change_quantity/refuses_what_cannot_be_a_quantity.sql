select plan(4);
select tests.members('ana'), tests.item('disc', 3);
select tests.held('disc', 'ana');
select tests.refuses(format($$select * from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), %s)$$, q), 'RS202', 'quantity')
  from unnest(array['0', '-1', '-2147483648', 'null']) q;
