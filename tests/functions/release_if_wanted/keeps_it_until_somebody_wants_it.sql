select plan(12);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben', 'cai'), tests.item('disc');
select tests.held('disc', 'ana');
select is((select concat_ws(' ', status, yields) from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'))), 'active t', 'nobody wants it now');
select is(tests.holders('disc'), 'ana 1', 'ana keeps it');
select is((select status from apartado.get_status('ben', apartado.item_id('disc'))), 'available', 'to others it is available');
select is((select status from apartado.get_status('ana', apartado.item_id('disc'))), 'reserved', 'to her it is hers');
select tests.refuses($$select * from apartado.join_queue('ben', apartado.item_id('disc'))$$, 'RS304', 'item', 'nobody has to wait for it');
select is((select yields from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'), false)), false, 'she takes it back');
select tests.refuses($$select * from apartado.reserve('ben', apartado.item_id('disc'))$$, 'RS301', 'quantity', 'and has it');
select from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'));
select is((select outcome from apartado.reserve('ben', apartado.item_id('disc'))), 'reserved', 'who takes it has it');
select is((select concat_ws(' ', status, reason) from apartado.reservations where reservation_id = tests.reservation('ana', 'disc')), 'cancelled yielded', 'in the same transaction');
select is(tests.stock('disc'), '0 free, 1 held, 0 sold, 0 waiting', 'counted');
select is(tests.told('disc'), 'stock.changed, reservation.created ana, reservation.changed ana, reservation.changed ana, reservation.changed ana, reservation.cancelled ana, reservation.created ben', 'told');
select tests.commits();
