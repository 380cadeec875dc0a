select plan(7);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana'), tests.item('disc');
select from apartado.reserve('ana', apartado.item_id('disc'), p_ttl => '1 hour');
select tests.advance('59 minutes');
create temporary table answer as select * from apartado.begin_payment('ana', tests.reservation('ana', 'disc'));
select is((status, expires_at, payment_began_at), ('active'::text, timestamptz '2030-01-01 13:29Z', timestamptz '2030-01-01 12:59Z'), 'half an hour from now') from answer;
select is(tests.told('disc'), 'stock.changed, reservation.created ana, reservation.extended ana', 'told');
select is((select data ->> 'payment_began_at' from apartado.events order by event_id desc limit 1), '2030-01-01T12:59:00.000000Z', 'with its beginning');
select tests.refuses($$select * from apartado.begin_payment('ana', tests.reservation('ana', 'disc'))$$, 'RS312/paying', 'reservation', 'once');
select tests.advance('30 minutes');
select tests.refuses($$select * from apartado.begin_payment('ana', tests.reservation('ana', 'disc'))$$, 'RS401', 'reservation', 'and it ends');
select is(tests.stock('disc'), '0 free, 1 held, 0 sold, 0 waiting', 'before anybody swept');
select tests.commits();
