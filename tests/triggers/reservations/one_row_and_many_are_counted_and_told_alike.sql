select plan(4);
select tests.members('ana', 'ben'), tests.item('alone', 3), tests.item('many', 3);

-- reserve says of its row that it is alone; the same by hand is one of many that might be
select tests.as_role('dba', $$select apartado.reserve('ana', apartado.item_id('alone'), 2)$$);
select is(current_setting('apartado.alone', true), '', 'and of nobody else''s');
with made as (
  insert into apartado.reservations (stock_id, member_id, quantity, price, currency, reserved_at, expires_at)
  select s.stock_id, m.member_id, 2, s.price, s.currency, apartado.clock(), apartado.clock() + s.hold
    from apartado.stock s, apartado.members m
   where s.item_id = apartado.item_id('many') and m.alias = 'ben'
  returning stock_id, quantity, expires_at
)
update apartado.stock s
   set available = s.available - m.units, reserved = s.reserved + m.units, version = s.version + 1,
       next_due_at = least(s.next_due_at, m.due_at)
  from (select stock_id, sum(quantity)::integer as units, min(expires_at) as due_at from made group by stock_id) m
 where s.stock_id = m.stock_id;
select is((select to_jsonb(t) - 'stock_id' from apartado.stock_tallies t join apartado.stock s using (stock_id) where s.item_id = apartado.item_id('many')),
          (select to_jsonb(t) - 'stock_id' from apartado.stock_tallies t join apartado.stock s using (stock_id) where s.item_id = apartado.item_id('alone')),
          'the second book says the same of both');
select is((select array_agg(array[e.available::text, e.reserved::text, e.version::text, e.data ->> 'quantity',
                                  (e.data ->> 'expires_at' = apartado._utc(r.expires_at))::text, (e.at = r.reserved_at)::text])
             from apartado.events e
             join apartado.reservations r on r.reservation_id = (e.data ->> 'reservation_id')::bigint
            where e.kind = 'reservation.created'),
          array[array['1', '2', '2', '2', 'true', 'true'], array['1', '2', '2', '2', 'true', 'true']],
          'and the ledger, once each');
select tests.commits();
