select plan(5);
-- The clock of this test is before the deadline until the stock row is locked and bumped, and past it from then on:
-- whoever looked at the time first would sell an expired reservation.
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 2);
select tests.held('disc', 'ana'), tests.held('disc', 'ben');
create table tests.unlocked as select version from apartado.stock;
grant select on tests.unlocked to public;
create or replace function apartado.clock() returns timestamptz language sql volatile as $$
  select case when (select s.version from apartado.stock s) > (select u.version from tests.unlocked u)
              then timestamptz '2030-01-08 12:00Z' else timestamptz '2030-01-08 11:59Z' end;
$$;
select tests.refuses($$select * from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'))$$, 'RS401', 'reservation', 'confirm');
select tests.refuses($$select * from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'))$$, 'RS401', 'reservation', 'cancel');
select tests.refuses($$select * from apartado.revoke_reservation(null, tests.reservation('ana', 'disc'), 'late')$$, 'RS401/operator', 'reservation', 'revoke');
select is((select price from apartado.mark_sold(null, apartado.item_id('disc'))), 12.50, 'mark_sold finds two free units');
select is((select buyer from apartado.mark_sold(null, apartado.item_id('disc'))), null, 'and no holder');
