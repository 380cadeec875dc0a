select plan(5);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
select tests.held('disc', 'ana');
select from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'));
select is((select yields from apartado.begin_payment('ana', tests.reservation('ana', 'disc'))), false, 'who begins to pay lets nothing go');
select from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'));
select is((select quantity from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), 2)), 2, 'one''s own units are not taken for oneself');
select is((select quantity from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'))), 2, 'and may be bought');
select tests.refuses($$select * from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'), null)$$, 'RS205', 'wanted', 'yes or no');
select tests.commits();
