select plan(4);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc', 3);
select tests.held('disc', 'ana', 'ben', 'dee');
select from apartado.join_queue('cai', apartado.item_id('disc'), 2);
select from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'));
select from apartado.cancel_reservation('dee', tests.reservation('dee', 'disc'));
select is(tests.holders('disc'), 'ben 1, cai 2', 'dee''s and ana''s are cai''s');
select is(tests.stock('disc'), '0 free, 3 held, 0 sold, 0 waiting', 'counted');
select is((select reason from apartado.reservations where reservation_id = tests.reservation('ana', 'disc')), 'yielded', 'as ana wanted it');
select tests.commits();
