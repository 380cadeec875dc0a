select plan(3);
select tests.members('ana', 'ben'), tests.item('disc', 5);
select is(tests.together('disc', 'ana', 'ben'), '1 reserved, 2 reserved', 'two at once');
select is((select max(e.version) from apartado.events e), (select s.version from apartado.stock s), 'the same version');
select is((select string_agg(format('%s: %s', c.cause, c.delta_reserved), ', ' order by c.change_id)
             from apartado.stock_ledger c where c.delta_reserved <> 0),
          'reservation.created: 1, reservation.created: 1', 'and the ledger of stock shows each as a change of its own');
