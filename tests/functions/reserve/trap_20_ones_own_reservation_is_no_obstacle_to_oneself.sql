select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc');
select tests.held('disc', 'ana');
select tests.advance('1 hour');
select is((select status from apartado.get_status('ana', apartado.item_id('disc'))), 'reserved', 'her own, not reserved by others');
select is((select actions from apartado.get_status('ana', apartado.item_id('disc'))), '{confirm_reservation,cancel_reservation}', 'and she can go on with it');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'))$$, 'RS302', 'item', 'asked again: you hold it, not: it is taken');
select lives_ok($$select * from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'))$$, 'she buys it');
