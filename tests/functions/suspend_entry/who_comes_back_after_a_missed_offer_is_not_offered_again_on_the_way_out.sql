select plan(4);

select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
update apartado.policies set promotion = 'offer', offer_window = '2 hours', missed = 'back';
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select tests.advance('2 hours');

select is((select concat_ws(' ', status, my_position, actions) from apartado.get_status('ben', apartado.item_id('disc'))),
          'in_queue 1 {reserve,leave_queue,suspend_entry}', 'the offer was missed, and ben may suspend');
select is((select concat_ws(' ', status, "position") from apartado.suspend_entry('ben', apartado.item_id('disc'))),
          'suspended 1', 'ben is not offered it again');
select is((select status from apartado.get_status('cai', apartado.item_id('disc'))), 'available', 'anybody may have it');

select tests.commits();
