select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc', 2);
select from apartado.reserve('ana', apartado.item_id('disc'), p_ttl => '1 hour');
select tests.held('disc', 'ben'), tests.waiting('disc', 'cai', 'dee');
select tests.advance('1 hour');
select is((select promoted from apartado.cancel_reservation('ben', tests.reservation('ben', 'disc'))), 2, 'ben''s unit and ana''s find their people');
select is(tests.holders('disc'), 'cai 1, dee 1', 'in order');
select tests.commits();
