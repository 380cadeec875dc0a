select plan(5);
select tests.members('ana', 'ben', 'cai'), tests.item('one', 3), tests.item('many', 3);

select tests.as_role('dba', $$select apartado.reserve('ana', apartado.item_id('one'), 2)$$);
-- what _serve says of itself, said by hand: it changes how rows are counted, and nothing of what is
select tests.as_role('dba', $$
  with saying as materialized (select set_config('apartado.together', 'on', true))
  select apartado.reserve('ben', (select s.item_id from (select apartado.item_id('many') as item_id) s), 2) from saying$$);
select is(current_setting('apartado.together', true), 'on', 'the second was counted as one of many');
select is((select to_jsonb(t) - 'stock_id' from apartado.stock_tallies t join apartado.stock s using (stock_id) where s.item_id = apartado.item_id('many')),
          (select to_jsonb(t) - 'stock_id' from apartado.stock_tallies t join apartado.stock s using (stock_id) where s.item_id = apartado.item_id('one')),
          'the second book says the same of both');
select is((select array_agg(array[e.actor, e.available::text, e.reserved::text, e.version::text, e.data ->> 'quantity',
                                  (e.data ->> 'expires_at' = apartado._utc(r.expires_at))::text, (e.at = r.reserved_at)::text])
             from apartado.events e
             join apartado.reservations r on r.reservation_id = (e.data ->> 'reservation_id')::bigint
            where e.kind = 'reservation.created'),
          array[array['role:dba', '1', '2', '2', '2', 'true', 'true'], array['role:dba', '1', '2', '2', '2', 'true', 'true']],
          'and the ledger, once each');

-- and whoever is served is, after which a row is one again
select apartado.join_queue('cai', apartado.item_id('many'), 2);
select set_config('apartado.together', '', true);
select apartado.cancel_reservation('ben', (select r.reservation_id from apartado.reservations r join apartado.members m using (member_id) where m.alias = 'ben'));
select is((select count(*) from apartado.reservations r where r.status = 'active'), 2::bigint, 'who waited has been served');
select is(current_setting('apartado.together', true), '', 'and nothing is counted as one of many any more');
