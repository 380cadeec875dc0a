select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc', 2);
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
select tests.waiting('disc', 'ben');
select tests.acts('olga');
create temporary table answer as
  select * from apartado.revoke_reservation('olga', tests.reservation('ana', 'disc'), 'never paid the last one');
select is(reservation_id, tests.reservation('ana', 'disc'), 'reservation_id') from answer;
select is(status, 'revoked', 'status') from answer;
select is(quantity, 2, 'quantity') from answer;
select is(promoted, 1, 'promoted') from answer;
select is((select concat_ws(': ', status, reason) from apartado.list_reservations('ana')), 'revoked: never paid the last one', 'ana reads why');
select is(tests.stock('disc'), '1 free, 1 held, 0 sold, 0 waiting', 'ben has one, one is free');
select is((select concat_ws(' ', actor, data ->> 'reason') from apartado.events where kind = 'reservation.revoked'), 'olga never paid the last one', 'the ledger knows who and why');
select tests.commits();
