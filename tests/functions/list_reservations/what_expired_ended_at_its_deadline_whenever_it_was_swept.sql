select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc'), tests.item('sold'), tests.item('back');
select from apartado.reserve('ana', apartado.item_id('disc'), p_ttl => '1 hour');
select tests.held('sold', 'ana'), tests.held('back', 'ana');
select tests.advance('2 hours');
create temporary table before as select closed_at from apartado.list_reservations('ana') where sku = 'disc';
select is(closed_at, '2030-01-01 13:00Z', 'before the sweep') from before;
select from apartado.expire_and_promote();
select is(closed_at, '2030-01-01 13:00Z', 'and after it, as no time passed between the two') from apartado.list_reservations('ana') where sku = 'disc';
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'sold'));
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'back'));
select is((select array_agg(closed_at) from apartado.list_reservations('ana') where status in ('sold', 'cancelled')),
          array_fill('2030-01-01 14:00Z'::timestamptz, array[2]), 'the others when it was done');
select tests.commits();
