select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members(variadic tests.aliases(1, 9)), tests.members('ana'), tests.item('disc', 1);
select tests.held('disc', 'ana');
select tests.waiting('disc', variadic tests.aliases(1, 9));
select is((select count(expected_wait) from apartado.waiting_positions(tests.aliases(1, 9))), 0::bigint, 'nobody knows yet');
do $$
declare
  v_holder text := 'ana';
begin
  for n in 1..4 loop
    perform tests.advance('10 minutes');
    perform from apartado.cancel_reservation(v_holder, tests.reservation(v_holder, 'disc'));
    v_holder := format('m0%s', n);
  end loop;
end;
$$;
select from apartado.suspend_entry('m06', apartado.item_id('disc'));
select results_eq('select alias, position, expected_wait from apartado.waiting_positions(tests.aliases(1, 7))',
  $$values ('m05', 1::bigint, interval '10 minutes'), ('m06', 2, null), ('m07', 3, interval '30 minutes')$$, 'from the queue''s own history; nothing for who stands aside');
select from apartado.pause_queue(null, apartado.item_id('disc'), true, 'test');
select is((select count(expected_wait) from apartado.waiting_positions(tests.aliases(1, 9))), 0::bigint, 'nor while it stands still');
