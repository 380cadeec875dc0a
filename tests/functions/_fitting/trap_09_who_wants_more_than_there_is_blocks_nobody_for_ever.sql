select plan(7);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'giant', 's1', 's2', 's3'), tests.item('disc', 2);
update apartado.policies set fit = 'fit', passed_limit = 1;
select tests.held('disc', 'ana');
select from apartado.join_queue('giant', apartado.item_id('disc'), 3);
create function tests.next(p_alias text) returns text language plpgsql as $$
begin
  perform tests.advance('1 minute');
  perform from apartado.reserve(p_alias, apartado.item_id('disc'));
  perform from apartado.cancel_reservation(p_alias, tests.reservation(p_alias, 'disc'));
  return tests.holders('disc');
end;
$$;
select is(tests.next('s1'), 'ana 1', 'who wants more than all there are is passed');
select is(tests.next('s2'), 'ana 1', 'again, beyond the limit');
select is(tests.next('s3'), 'ana 1', 'and again: nothing would be gained by waiting');
select from apartado.adjust_stock(null, apartado.item_id('disc'), 1, 'restock');
select tests.refuses($$select * from apartado.reserve('s1', apartado.item_id('disc'))$$, 'RS306', 'quantity', 'now that there are three it is waited for, because it was passed before');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select is(tests.holders('disc'), 'giant 3', 'and served as soon as all are back');
select is(tests.line('disc'), 'nobody', 'nobody is left');
select tests.commits();
