select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
select from apartado.join_queue('ben', apartado.item_id('disc'), p_needed_until => '2030-01-01 13:00Z');
select tests.refuses($$select * from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 hour')$$, 'RS306/held', 'reservation', 'ben needs it still');
select tests.advance('1 hour');
select lives_ok($$select * from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 hour')$$, 'and not any more');
