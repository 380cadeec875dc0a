select plan(5);
select tests.members('ana'), tests.item('disc', 3);
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
select tests.refuses(format('select * from apartado.confirm_reservation(''ana'', tests.reservation(''ana'', ''disc''), %s)', q), 'RS202', 'quantity')
  from unnest('{0,-1,3,2147483647,-2147483648}'::integer[]) q;
