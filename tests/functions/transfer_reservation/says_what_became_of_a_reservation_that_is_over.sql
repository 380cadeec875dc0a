select plan(9);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben');
select tests.item('d' || n) from generate_series(1, 5) n;
select tests.held('d' || n, 'ana') from generate_series(1, 5) n;
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'd1'));
select from apartado.revoke_reservation(null, tests.reservation('ana', 'd2'), 'damaged');
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'd3'));
select tests.advance('168 hours');
select tests.refuses(format($$select * from apartado.transfer_reservation('ana', tests.reservation('ana', '%s'), 'ben')$$, sku), code, 'reservation')
  from (values ('d1', 'RS402'), ('d2', 'RS402'), ('d3', 'RS404'), ('d4', 'RS401')) v (sku, code);
select from apartado.expire_and_promote();
select tests.refuses($$select * from apartado.transfer_reservation('ana', tests.reservation('ana', 'd5'), 'ben')$$, 'RS401', 'reservation', 'swept');
select tests.refuses($$select * from apartado.transfer_reservation('ben', tests.reservation('ana', 'd5'), 'ana')$$, 'RS102', 'reservation', 'anothers');
select tests.refuses($$select * from apartado.transfer_reservation('ana', null, 'ben')$$, 'RS102', 'reservation', 'none');
select tests.refuses($$select * from apartado.transfer_reservation('ana', tests.reservation('ana', 'd4'), 'zoe')$$, 'RS401', 'reservation', 'and nobody learns by it which names are members');
select tests.refuses($$select * from apartado.transfer_reservation('ana', null, 'zoe')$$, 'RS102', 'reservation', 'nor without any');
