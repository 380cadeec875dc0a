select plan(3);
select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc');
update apartado.policies set promotion = 'offer', offer_window = '2 hours';
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai', 'dee');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
set constraints all immediate;
select is((select promoted from apartado.decline_offer('ben', (select queue_entry_id from apartado.queue_entries where status = 'offered'))), 1, 'it declines, and the next is asked');
select is((select quantity from apartado.accept_offer('cai', (select queue_entry_id from apartado.queue_entries where status = 'offered'))), 1, 'it accepts');
select tests.commits();
