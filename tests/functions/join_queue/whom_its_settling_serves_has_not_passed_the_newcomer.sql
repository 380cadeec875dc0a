select plan(6);
-- h1's deadline has passed: when the important one joins, the unit goes to ben, who stood there before, and behind whom she comes
select tests.freeze('2030-01-01 12:00Z');
select tests.members('h1', 'h2', 'ben', 'vip', 'cai', 'dee'), tests.item('disc', 3);
update apartado.policies set fit = 'fit', passed_limit = 1;
select from apartado.set_policy(null, 'vips', '{"priority": 5}', p_class => 'vips', p_reason => 'why');
select from apartado.set_member_class(null, 'vip', 'vips', 'a friend of the house');
select from apartado.reserve('h1', apartado.item_id('disc'), 1, p_ttl => '1 minute');
select from apartado.reserve('h2', apartado.item_id('disc'), 2);
select tests.waiting('disc', 'ben');
select tests.advance('1 minute');
select is((select "position" from apartado.join_queue('vip', apartado.item_id('disc'), 2)), 1::bigint, 'she stands in front');
select is(tests.holders('disc'), 'h2 2, ben 1', 'and ben was served before she came');
select is((select passed from apartado.list_queue(null, apartado.item_id('disc'))), 0::bigint, 'so nobody passed her');
select is((select count(*) from apartado.explain_position('vip', apartado.item_id('disc')) where code = 'passed'), 0::bigint, 'nor is she told so');
select tests.waiting('disc', 'cai', 'dee');
select tests.advance('1 minute');
select is((select promoted from apartado.cancel_reservation('ben', tests.reservation('ben', 'disc'))), 1, 'cai may be served past her');
select tests.commits();
