select plan(10);
-- the large one is passed twice, and not a third time: what comes free is kept until it is enough
select tests.freeze('2030-01-01 12:00Z');
select tests.members('h1', 'h2', 'h3', 'large', 's1', 's2', 's3', 'late'), tests.item('disc', 3);
update apartado.policies set fit = 'fit', passed_limit = 2;
select tests.held('disc', 'h1', 'h2', 'h3');
select from apartado.join_queue('large', apartado.item_id('disc'), 3);
select tests.waiting('disc', 's1', 's2', 's3');
create function tests.next(p_alias text) returns text language plpgsql as $$
begin
  perform tests.advance('1 minute');
  perform from apartado.cancel_reservation(p_alias, tests.reservation(p_alias, 'disc'));
  return tests.holders('disc');
end;
$$;
select is(tests.next('h1'), 'h2 1, h3 1, s1 1', 'past it once');
select is(tests.next('h2'), 'h3 1, s1 1, s2 1', 'twice');
select is(tests.next('h3'), 's1 1, s2 1', 'and not a third time');
select tests.refuses($$select * from apartado.reserve('late', apartado.item_id('disc'))$$, 'RS306', 'quantity', 'nor does a passer-by get it');
select is((select status from apartado.get_status('late', apartado.item_id('disc'))), 'reserved_by_others', 'and others are shown so');
select tests.commits('one is free, and kept');
select is(tests.next('s1'), 's2 1', 'two are kept');
select is(tests.next('s2'), 'large 3', 'the large one has its three');
select is(tests.next('large'), 's3 1', 'and then the next is served');
select tests.commits();
