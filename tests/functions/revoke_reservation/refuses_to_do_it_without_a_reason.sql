select plan(5);
select tests.members('ana'), tests.item('disc');
select tests.held('disc', 'ana');
select tests.refuses(format('select * from apartado.revoke_reservation(null, tests.reservation(''ana'', ''disc''), %L)', r), 'RS205', 'reason', n)
  from (values (null, 'none'), ('', 'blank'), ('   ', 'spaces'), (repeat('r', 501), '501 characters')) v (r, n);
select lives_ok($$select * from apartado.revoke_reservation(null, tests.reservation('ana', 'disc'), repeat('ñ', 500))$$, '500 are a reason');
